namespace UsageReporting.Server.Rollups;

/// <summary>Which changes of its reports the numbers of a window hold.</summary>
internal readonly record struct RollupState(UsageWindow Window, long Changes);
