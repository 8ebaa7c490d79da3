namespace UsageReporting.Server.Rollups;

/// <summary>A window whose numbers are to be made.</summary>
/// <param name="Window">The window.</param>
/// <param name="First">The lowest row number of its reports.</param>
/// <param name="Last">The highest; lower than the first where there are none.</param>
/// <param name="Changes">The changes of its reports so far.</param>
internal readonly record struct DueRollup(UsageWindow Window, long First, long Last, ReportChanges Changes);
