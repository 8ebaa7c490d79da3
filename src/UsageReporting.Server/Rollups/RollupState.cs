namespace UsageReporting.Server.Rollups;

/// <summary>Which changes of its reports the numbers of a window hold, and when they were made.</summary>
internal readonly record struct RollupState(UsageWindow Window, ReportChanges Changes, DateTimeOffset Made);
