namespace UsageReporting.Server.Storage;

/// <summary>What one step of a rollup came to.</summary>
/// <param name="Installs">Installs that it added to the counters.</param>
/// <param name="Pruned">Old notifications that it deleted.</param>
/// <param name="IsLast">Whether the counters are up to date now.</param>
internal sealed record PackageRollupStep(long Installs, long Pruned, bool IsLast);
