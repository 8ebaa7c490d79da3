using NUnit.Framework;
using UsageReporting.Core.Reporting;

namespace UsageReporting.Tests.Reporting;

public sealed class OutcomeTextTests
{
    private const string NotAccepted = "The reporting endpoint did not accept this report. Nothing was stored.";

    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Outcomes =>
    [
        Words(new ReportOutcome.Sent(), "Report sent. Thank you."),
        Words(new ReportOutcome.Declined(), "Nothing sent."),
        Words(
            new ReportOutcome.SwitchedOff("DO_NOT_TRACK is set"),
            "Usage reporting is off: DO_NOT_TRACK is set. Nothing sent."),
        Words(
            new ReportOutcome.Incomplete("Architecture"),
            "Could not complete the report: Architecture is missing. Nothing sent."),
        Words(new ReportOutcome.NoPlace("/state"), "Could not write to /state. Nothing sent."),
        Words(
            new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable("refused", MaybeReceived: false)),
            "Could not reach the reporting endpoint. Nothing was sent."),
        Words(
            new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable("time-out", MaybeReceived: true)),
            "Could not confirm delivery: the report may or may not have arrived."),
        Words(new ReportOutcome.NotAccepted(new DeliveryResult.Rejected([])), NotAccepted),
        Words(
            new ReportOutcome.NotAccepted(new DeliveryResult.Rejected(["arch: is absent.", "uuid: is no id."])),
            NotAccepted, "arch: is absent.", "uuid: is no id."),
        Words(new ReportOutcome.NotAccepted(new DeliveryResult.Unauthorized()), NotAccepted),
        Words(
            new ReportOutcome.NotAccepted(new DeliveryResult.Unreachable("refused", MaybeReceived: false)) { IsSentElsewhere = true },
            "Report sent, but not every reporting endpoint has accepted it."),
    ];

    [TestCaseSource(nameof(Outcomes))]
    public void Describe_Outcome_IsInItsWords(ReportOutcome outcome, string[] lines) =>
        Assert.That(OutcomeText.Of(outcome, new UsageTexts(), Now), Is.EqualTo(lines));

    [TestCase("2026-05-18T12:00:00Z", ExpectedResult = "today")]
    [TestCase("2026-05-17T12:00:01Z", ExpectedResult = "today")]
    [TestCase("2026-05-17T12:00:00Z", ExpectedResult = "1 day ago")]
    [TestCase("2026-05-16T12:00:01Z", ExpectedResult = "1 day ago")]
    [TestCase("2026-05-16T12:00:00Z", ExpectedResult = "2 days ago")]
    [TestCase("2026-05-15T10:00:00Z", ExpectedResult = "3 days ago")]
    [TestCase("2026-05-18T12:00:01Z", ExpectedResult = "today", Description = "the clock is behind")]
    [TestCase("2027-05-18T12:00:00Z", ExpectedResult = "today")]
    [TestCase("9999-12-31T23:59:59Z", ExpectedResult = "today")]
    [TestCase("0001-01-01T00:00:00Z", ExpectedResult = "739753 days ago")]
    [SetCulture("fa-IR"), Property("Case", 113)]
    public string Describe_AlreadyReported_CountsWholeDays(string lastSent)
    {
        IReadOnlyList<string> lines = OutcomeText.Of(Already(lastSent, "2026-05-22T10:00:00Z"), new UsageTexts(), Now);

        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0], Does.StartWith("Already submitted ").And.EndsWith(". Nothing sent."));
        return lines[0]["Already submitted ".Length..^". Nothing sent.".Length];
    }

    [TestCase("2026-05-22T10:00:00Z", ExpectedResult = "You can send again after 2026-05-22.")]
    [TestCase("2026-05-22T23:30:00-05:00", ExpectedResult = "You can send again after 2026-05-23.")]
    [TestCase("9999-12-31T23:59:59Z", ExpectedResult = "You can send again after 9999-12-31.")]
    [Property("Case", 121)]
    [SetCulture("fa-IR")] // Where the calendar is another one.
    public string Describe_AlreadyReported_SaysWhenInUtc(string again) =>
        OutcomeText.Of(Already("2026-05-15T10:00:00Z", again), new UsageTexts(), Now)[1];

    private static TestCaseData Words(ReportOutcome outcome, params string[] lines) =>
        new TestCaseData(outcome, lines).SetArgDisplayNames(string.Join(" / ", lines));

    private static ReportOutcome.NotAccepted Already(string lastSent, string again) =>
        new(new DeliveryResult.AlreadyReported(Instant(lastSent), Instant(again)));

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
