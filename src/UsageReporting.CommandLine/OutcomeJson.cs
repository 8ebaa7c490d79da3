using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary>Tells a program what became of a report.</summary>
internal static class OutcomeJson
{
    /// <summary>The outcome in a word, and the lines that a person reads.</summary>
    public static JsonObject Of(ReportOutcome outcome, IReadOnlyList<string> lines) => new()
    {
        ["sent"] = outcome is ReportOutcome.Sent,
        ["outcome"] = Word(outcome),
        ["text"] = new JsonArray([.. lines.Select(line => JsonValue.Create(line))]),
    };

    // What the history calls it, where it stands there.
    private static string Word(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Sent sent => sent.IsConfirmed ? "accepted" : "accepted, unconfirmed",
        ReportOutcome.Declined => "declined",
        ReportOutcome.SwitchedOff => "switched off",
        ReportOutcome.Incomplete => "incomplete",
        ReportOutcome.NoPlace => "no place",
        ReportOutcome.NotAccepted { Result: var result } => result switch
        {
            DeliveryResult.AlreadyReported => "already reported",
            DeliveryResult.Rejected => "rejected",
            DeliveryResult.Unauthorized => "unauthorized",
            DeliveryResult.Unreachable { MaybeReceived: true } => "no answer",
            _ => "not reached",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
