namespace UsageReporting.Server.Downloads;

/// <summary>Says when counters are to be brought up to date.</summary>
internal static class PackageRollupSchedule
{
    /// <summary>At each look where there is something new, and now and then where there is not.</summary>
    /// <param name="since">The time since the last attempt.</param>
    /// <param name="hasNews">Whether something was counted since.</param>
    /// <param name="hasFailed">
    /// Whether that attempt failed: a full disk is not emptied within half a second, and each attempt is a line of the log.
    /// </param>
    public static bool IsDue(TimeSpan since, bool hasNews, bool hasFailed) =>
        since >= (hasFailed ? ServerLimits.UnavailableFor : hasNews ? TimeSpan.Zero : ServerLimits.RollupAtLeastEvery);
}
