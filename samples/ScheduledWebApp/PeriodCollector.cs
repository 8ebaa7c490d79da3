using UsageReporting;

namespace ScheduledWebApp;

/// <summary>Which time the report's numbers cover: since the one before, or since the yes.</summary>
internal sealed class PeriodCollector(UsageReporter reporter, TimeProvider time) : IUsageCollector, IDeclareUsageFields
{
    private const int MostDays = 366;

    private static readonly DateField End = UsageField.Date(
        "period.end", "Until", "When the time that this report covers ends.");

    private static readonly DateField Start = UsageField.Date(
        "period.start", "from", "When the time that this report covers begins.") with { DetailOf = End.Name };

    private static readonly CountField Days = UsageField.Count(
        "period.duration_days", "Days", "How many days that is.", 0, MostDays);

    public static IReadOnlyList<UsageField> Fields => [End, Start, Days];

    public async ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        UsageDetails details = await reporter.GetDetailsAsync();
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? sent = details.LastSent?.At;
        DateTimeOffset? start = sent > details.Since ? sent : details.Since;
        values.Set(End, now);
        // Where the clock was set meanwhile nobody knows how long it was.
        if (now - start is { } covered && covered >= TimeSpan.Zero && covered <= TimeSpan.FromDays(MostDays))
        {
            values.Set(Start, start);
            values.Set(Days, (long)covered.TotalDays);
        }
    }
}
