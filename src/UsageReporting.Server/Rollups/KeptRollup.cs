namespace UsageReporting.Server.Rollups;

/// <summary>The numbers of a window, and when they were made.</summary>
internal sealed record KeptRollup(Rollup Rollup, DateTimeOffset Made);
