namespace UsageReporting.Server.Rollups;

/// <summary>The installations that reported since a moment.</summary>
/// <param name="Since">The moment.</param>
/// <param name="Installs">How many they are.</param>
/// <param name="Held">How many more are not believed yet.</param>
/// <param name="Fields">All of them by each field.</param>
internal sealed record RollingNumbers(DateTimeOffset Since, long Installs, long Held, IReadOnlyList<FieldRollup> Fields);
