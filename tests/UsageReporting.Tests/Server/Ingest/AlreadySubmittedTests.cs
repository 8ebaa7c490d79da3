using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Ingest;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Ingest;

public sealed class AlreadySubmittedTests
{
    private static readonly DateTimeOffset LastSent = new(2026, 5, 15, 10, 0, 0, TimeSpan.Zero);

    [TestCase("2026-05-15T10:00:00Z", 7, 604_800)]
    [TestCase("2026-05-18T09:59:59Z", 5, 345_601)]
    [TestCase("2026-05-18T10:00:00Z", 4, 345_600)]
    [TestCase("2026-05-18T12:00:00Z", 4, 338_400)]
    [TestCase("2026-05-22T09:59:59Z", 1, 1)]
    public void Of_WithinTheWindow_RoundsUp(string now, int days, int seconds)
    {
        AlreadySubmitted answer = Of(now);

        Assert.That((answer.RetryAfterDays, answer.RetryAfterSeconds), Is.EqualTo((days, seconds)));
    }

    [Test]
    public void Of_ClockAheadOfTheWindow_IsNeverAtOnce()
    {
        AlreadySubmitted answer = Of("2026-05-22T10:00:01Z");

        Assert.That((answer.RetryAfterDays, answer.RetryAfterSeconds), Is.EqualTo((1, 1)));
    }

    [Test, Property("Case", 96)]
    public void Of_LastDayOfTheCalendar_IsAWindowAway()
    {
        DateTimeOffset last = DateTimeOffset.MaxValue;

        AlreadySubmitted answer = Of($"{last:O}", last);

        Assert.That((answer.RetryAfterDays, answer.RetryAfterSeconds), Is.EqualTo((7, 604_800)));
    }

    private static AlreadySubmitted Of(string now, DateTimeOffset? lastSent = null) => AlreadySubmitted.Of(
        new StoreOutcome.AlreadyReported(lastSent ?? LastSent, IsSameReport: true),
        DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
        TimeSpan.FromDays(7));
}
