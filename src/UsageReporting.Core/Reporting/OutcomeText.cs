using System.Globalization;

namespace UsageReporting.Core.Reporting;

/// <summary>The words for each outcome. They say no more than is known.</summary>
internal static class OutcomeText
{
    public static IReadOnlyList<string> Of(ReportOutcome outcome, UsageTexts texts, DateTimeOffset now) => outcome switch
    {
        ReportOutcome.Sent sent => [texts.Get(sent.IsConfirmed ? "Sent" : "SentUnconfirmed")],
        ReportOutcome.Declined => [texts.Get("Declined")],
        ReportOutcome.SwitchedOff off => [texts.Get("SwitchedOff", off.Because)],
        ReportOutcome.Incomplete incomplete => [texts.Get("Incomplete", incomplete.Label)],
        ReportOutcome.NoPlace noPlace => [texts.Get("NoPlace", noPlace.Place)],

        // Whether one has it may be unknown; that nothing was sent or stored is not so.
        ReportOutcome.NotAccepted { IsSentElsewhere: true, Result: not DeliveryResult.Unreachable { MaybeReceived: true } } =>
            [texts.Get("SentInPart")],
        ReportOutcome.NotAccepted { Result: var result } => Of(result, texts, now),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static IReadOnlyList<string> Of(DeliveryResult result, UsageTexts texts, DateTimeOffset now) => result switch
    {
        DeliveryResult.AlreadyReported already =>
        [
            texts.Get("AlreadyReported", Ago(now - already.LastSent, texts)),
            texts.Get(
                "AlreadyReportedAgain", already.AgainAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ],
        DeliveryResult.Unreachable { MaybeReceived: true } => [texts.Get("NotConfirmed")],
        DeliveryResult.Unreachable => [texts.Get("NotReached")],
        DeliveryResult.Rejected rejected => [texts.Get("NotAccepted"), .. rejected.Errors],
        DeliveryResult.Unauthorized => [texts.Get("NotAccepted")],
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private static string Ago(TimeSpan time, UsageTexts texts) => time.Days switch
    {
        // A clock that is behind the server's is no reason for "-1 days ago".
        <= 0 => texts.Get("AgoToday"),
        1 => texts.Get("AgoOneDay"),
        var days => texts.Get("AgoDays", days),
    };
}
