using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Ingest;

/// <summary>What an installation is told that reported within the window.</summary>
/// <param name="LastSent">When its accepted report came.</param>
/// <param name="RetryAfterDays">Full days after which it can report again.</param>
/// <param name="RetryAfterSeconds">The same, to the second.</param>
/// <param name="IsSameReport">Whether the accepted report had the same bytes.</param>
internal sealed record AlreadySubmitted(
    DateTimeOffset LastSent, long RetryAfterDays, long RetryAfterSeconds, bool IsSameReport)
{
    /// <param name="outcome">The accepted report.</param>
    /// <param name="now">The time.</param>
    /// <param name="window">How long after it the next is refused.</param>
    public static AlreadySubmitted Of(StoreOutcome.AlreadyReported outcome, DateTimeOffset now, TimeSpan window)
    {
        // In this order it cannot leave the calendar.
        TimeSpan wait = window - (now - outcome.LastSent);

        // Rounded up, and never "at once": whoever comes back then must not be refused again.
        return new AlreadySubmitted(
            outcome.LastSent,
            Math.Max(1, (long)Math.Ceiling(wait.TotalDays)),
            Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)),
            outcome.IsSameReport);
    }
}
