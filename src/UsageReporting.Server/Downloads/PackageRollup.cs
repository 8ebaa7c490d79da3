namespace UsageReporting.Server;

/// <summary>What a rollup came to.</summary>
/// <param name="Installs">Installs that were added to the counters.</param>
/// <param name="Pruned">Notifications older than 365 days that were deleted; the counters keep them.</param>
public sealed record PackageRollup(long Installs, long Pruned);
