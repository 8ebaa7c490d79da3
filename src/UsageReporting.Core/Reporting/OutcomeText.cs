using System.Globalization;

namespace UsageReporting.Core.Reporting;

/// <summary>The words for each outcome. They say no more than is known.</summary>
internal static class OutcomeText
{
    public static IReadOnlyList<string> Of(ReportOutcome outcome, DateTimeOffset now) => outcome switch
    {
        ReportOutcome.Sent => ["Report sent. Thank you."],
        ReportOutcome.Declined => ["Nothing sent."],
        ReportOutcome.SwitchedOff off => [$"Usage reporting is off: {off.Because}. Nothing sent."],
        ReportOutcome.Incomplete incomplete =>
            [$"Could not complete the report: {incomplete.Label} is missing. Nothing sent."],
        ReportOutcome.NoPlace noPlace => [$"Could not write to {noPlace.Place}. Nothing sent."],
        ReportOutcome.NotAccepted { Result: var result } => Of(result, now),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static IReadOnlyList<string> Of(DeliveryResult result, DateTimeOffset now) => result switch
    {
        DeliveryResult.AlreadyReported already =>
        [
            $"Already submitted {Ago(now - already.LastSent)}. Nothing sent.",
            string.Create(
                CultureInfo.InvariantCulture, $"You can send again after {already.AgainAt.UtcDateTime:yyyy-MM-dd}."),
        ],
        DeliveryResult.Unreachable { MaybeReceived: true } =>
            ["Could not confirm delivery: the report may or may not have arrived."],
        DeliveryResult.Unreachable => ["Could not reach the reporting endpoint. Nothing was sent."],
        DeliveryResult.Rejected rejected => [NotAccepted, .. rejected.Errors],
        DeliveryResult.Unauthorized => [NotAccepted],
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private const string NotAccepted = "The reporting endpoint did not accept this report. Nothing was stored.";

    private static string Ago(TimeSpan time) => time.Days switch
    {
        // A clock that is behind the server's is no reason for "-1 days ago".
        <= 0 => "today",
        1 => "1 day ago",
        var days => string.Create(CultureInfo.InvariantCulture, $"{days} days ago"),
    };
}
