namespace UsageReporting.Server.Rollups;

/// <summary>
/// Where the reports of one day lie in their table, or those that name one week or month: between two row numbers, with
/// others among them where a clock was set back. The changes are counted, so that a window whose reports have changed since
/// its numbers were made is known without a look at them.
/// </summary>
/// <param name="Name">The day, such as <c>2026-11-27</c>, or the window.</param>
/// <param name="First">The lowest row number.</param>
/// <param name="Last">The highest.</param>
/// <param name="Changes">How many reports came and went.</param>
/// <param name="IsGone">Whether reports of it were deleted because they had been kept long enough, all or some yet.</param>
internal readonly record struct ReportSpan(string Name, long First, long Last, ReportChanges Changes, bool IsGone)
{
    /// <summary>Whether there can be a report.</summary>
    public bool IsEmpty => Last < First;
}
