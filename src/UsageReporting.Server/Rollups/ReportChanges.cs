namespace UsageReporting.Server.Rollups;

/// <summary>What happened to the reports of a day or window so far.</summary>
/// <param name="Came">How many came.</param>
/// <param name="Went">How many were deleted, and how often some were set aside or back.</param>
internal readonly record struct ReportChanges(long Came, long Went);
