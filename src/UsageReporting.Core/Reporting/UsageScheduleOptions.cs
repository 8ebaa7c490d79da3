namespace UsageReporting;

/// <summary>How often an application reports by itself.</summary>
public sealed class UsageScheduleOptions
{
    /// <summary>
    /// Days from one report to the next, 1 to 30. What the server refuses, because its window is longer, is not tried.
    /// </summary>
    /// <value>Default 7.</value>
    public int IntervalDays { get; set; } = 7;

    /// <summary>
    /// How often a report that got no answer is tried again, 0 to 10: after 2, 4, 8 … seconds, all within a minute.
    /// </summary>
    /// <value>Default 3.</value>
    public int RetryCount { get; set; } = 3;
}
