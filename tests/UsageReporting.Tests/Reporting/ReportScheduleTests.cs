using NUnit.Framework;
using UsageReporting.Core.Reporting;

namespace UsageReporting.Tests.Reporting;

public sealed class ReportScheduleTests
{
    // A Monday.
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 30, 0, TimeSpan.Zero);

    [TestCase(12, "2026-05-25T12:00:00Z")]
    [TestCase(13, "2026-05-18T13:00:00Z")]
    [TestCase(11, "2026-05-25T11:00:00Z")]
    [TestCase(0, "2026-05-25T00:00:00Z")]
    [TestCase(167, "2026-05-24T23:00:00Z")]
    public void First_EachHour_IsItsNextBeginning(int hour, string due) =>
        Assert.That(DateField.Write(ReportSchedule.First(Now, hour)), Is.EqualTo(due));

    [Test]
    public void First_AllHours_AreSpreadOverTheWholeWeek() =>
        Assert.That(
            Enumerable.Range(0, ReportSchedule.Hours).Select(hour => ReportSchedule.First(Now, hour)).Distinct().Count(),
            Is.EqualTo(168));

    [TestCase(1, 7, "2026-05-25T12:40:00Z")]
    [TestCase(7, 7, "2026-05-25T12:40:00Z")]
    [TestCase(30, 7, "2026-06-17T12:40:00Z")]
    [TestCase(1, 0, "2026-05-19T12:40:00Z")]
    public void After_Sent_IsTheLongerOfIntervalAndWindow(int interval, int window, string due) =>
        Assert.That(DueAfter(Schedule(interval, window), new ReportOutcome.Sent()), Is.EqualTo(due));

    private static IEnumerable<TestCaseData> Failures =>
    [
        new TestCaseData(new ReportOutcome.NoPlace("x")).Returns("2026-05-19T00:30:00Z"),
        new TestCaseData(new ReportOutcome.Incomplete("x")).Returns("2026-05-19T00:30:00Z"),
        Case(new DeliveryResult.Unreachable("x", MaybeReceived: true)).Returns("2026-05-19T00:30:00Z"),
        Case(new DeliveryResult.Unreachable("x", false) { RetryAfter = TimeSpan.FromHours(1) }).Returns("2026-05-19T00:30:00Z"),
        Case(new DeliveryResult.Unreachable("x", false) { RetryAfter = TimeSpan.FromDays(2) }).Returns("2026-05-20T12:30:00Z"),
        Case(new DeliveryResult.Unreachable("x", false) { RetryAfter = TimeSpan.FromDays(9_999) }).Returns("2026-06-17T12:30:00Z"),
        Case(new DeliveryResult.Rejected([])).Returns("2026-05-25T12:40:00Z"),
        Case(new DeliveryResult.Unauthorized()).Returns("2026-05-25T12:40:00Z"),
        Case(new DeliveryResult.AlreadyReported(Now, Now.AddDays(3))).Returns("2026-05-21T12:40:00Z"),

        // Our clock is a century ahead of the server's: no endless chain.
        Case(new DeliveryResult.AlreadyReported(Now.AddYears(-100), Now.AddYears(-100).AddDays(7))).Returns("2026-05-19T00:30:00Z"),
        Case(new DeliveryResult.AlreadyReported(Now, DateTimeOffset.MaxValue)).Returns("9999-12-31T23:59:59Z"),
        new TestCaseData(new ReportOutcome.Declined()).Returns(null),
        new TestCaseData(new ReportOutcome.SwitchedOff("x")).Returns(null),
    ];

    [TestCaseSource(nameof(Failures))]
    public string? After_NotSent_IsAtTheEarliestTwelveHoursLater(ReportOutcome outcome) => DueAfter(Schedule(7, 7), outcome);

    [Test]
    public void After_SentWithARotatingId_IsThatPlaceInTheNextPeriod()
    {
        ReportSchedule weekly = Schedule(7, 7) with { Identity = new ReportIdentity { Kind = IdentityKind.Rotating } };
        ReportSchedule monthly = weekly with { Identity = weekly.Identity with { Rotates = RotationPeriod.Month } };

        Assert.That(DueAfter(weekly, new ReportOutcome.Sent()), Is.EqualTo("2026-05-26T06:00:00Z"));
        Assert.That(DueAfter(monthly, new ReportOutcome.Sent()), Is.EqualTo("2026-06-02T06:00:00Z"));
    }

    // June begins on a Monday, July on a Wednesday; 30 is a Tuesday at six.
    [TestCase("2026-05-18T12:30:00Z", 30, "2026-06-02T06:00:00Z")]
    [TestCase("2026-06-02T06:00:00Z", 30, "2026-07-07T06:00:00Z")]
    [TestCase("2026-06-30T23:59:59Z", 0, "2026-07-06T00:00:00Z")]
    [TestCase("2026-06-02T06:00:00Z", 48, "2026-07-01T00:00:00Z")]
    [TestCase("2026-12-31T00:00:00Z", 167, "2027-01-03T23:00:00Z")]
    public void After_Month_IsTheFirstSuchHourOfTheNext(string at, int hour, string due)
    {
        ReportIdentity monthly = new() { Kind = IdentityKind.Rotating, Rotates = RotationPeriod.Month };
        ReportSchedule schedule = Schedule(7, 7) with { Identity = monthly };

        Assert.That(DateField.TryRead(at, out DateTimeOffset time), Is.True);
        Assert.That(DateField.Write(schedule.After(time, hour)), Is.EqualTo(due));
    }

    [TestCase(1, 0, null, 0.5, ExpectedResult = 2)]
    [TestCase(2, 0, null, 0.5, ExpectedResult = 4)]
    [TestCase(3, 0, null, 0.5, ExpectedResult = 8)]
    [TestCase(4, 0, null, 0.5, ExpectedResult = null)]
    [TestCase(1, 0, null, 0.0, ExpectedResult = 1.6)]
    [TestCase(1, 0, null, 1.0, ExpectedResult = 2.4)]
    [TestCase(1, 0, 30, 0.5, ExpectedResult = 30)]
    [TestCase(1, 40, 30, 0.5, ExpectedResult = null)]
    [TestCase(3, 53, null, 0.5, ExpectedResult = null)]
    [TestCase(1, 0, 3_600, 0.5, ExpectedResult = null)]
    public double? WaitAfter_EachAttempt_IsTwiceAsLongWithinAMinute(int attempts, int elapsed, int? asked, double chance) =>
        RetrySchedule.WaitAfter(
            attempts, retries: 3, TimeSpan.FromSeconds(elapsed), asked is { } a ? TimeSpan.FromSeconds(a) : null, chance)?.TotalSeconds;

    private static TestCaseData Case(DeliveryResult result) => new(new ReportOutcome.NotAccepted(result));

    private static ReportSchedule Schedule(int interval, int window) =>
        new(TimeSpan.FromDays(interval), TimeSpan.FromDays(window), new ReportIdentity());

    private static string? DueAfter(ReportSchedule schedule, ReportOutcome outcome) =>
        schedule.After(outcome, Now, hour: 30) is { } due ? DateField.Write(due) : null;
}
