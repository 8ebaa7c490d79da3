namespace UsageReporting.Core.Reporting;

/// <summary>When a report that nobody answered is tried again within the same run: pure.</summary>
internal static class RetrySchedule
{
    /// <summary>How long to wait, or null to give up until the next run.</summary>
    /// <param name="attempts">How many attempts there were.</param>
    /// <param name="retries">How many more than the first there may be.</param>
    /// <param name="elapsed">How long the run takes already.</param>
    /// <param name="retryAfter">What the endpoint asked for.</param>
    /// <param name="chance">Between 0 and 1, so that many installations do not come back together.</param>
    public static TimeSpan? WaitAfter(int attempts, int retries, TimeSpan elapsed, TimeSpan? retryAfter, double chance)
    {
        if (attempts > retries)
        {
            return null;
        }

        TimeSpan own = TimeSpan.FromSeconds(Math.Pow(2, attempts) * (0.8 + (0.4 * chance)));
        TimeSpan wait = retryAfter > own ? retryAfter.Value : own;
        return wait <= ClientLimits.RunTime - elapsed ? wait : null;
    }
}
