namespace UsageReporting;

/// <summary>How often an application reports by itself.</summary>
public sealed class UsageScheduleOptions
{
    /// <summary>
    /// Days from one report to the next, 1 to 30. What the server refuses, because its window is longer, is not tried.
    /// </summary>
    /// <value>Default 7.</value>
    public int IntervalDays { get; set; } = 7;
}
