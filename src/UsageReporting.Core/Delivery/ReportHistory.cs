using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// What was sent, a JSON document a line, for a person to read and to check. A report that was agreed to has one line for
/// each destination, which a later answer replaces.
/// </summary>
internal sealed class ReportHistory(UsageState state)
{
    private const string Document = UsageDocuments.History;

    /// <summary>What stands there of a report that was received and stored.</summary>
    public const string Accepted = "accepted";

    /// <summary>The same where nobody says whether it was stored.</summary>
    public const string Unconfirmed = "accepted, unconfirmed";

    private const string NoAnswer = "no answer";

    /// <summary>All of it, the latest first.</summary>
    public async Task<IReadOnlyList<SentReport>> ReadAsync() =>
        [.. Parse(await state.ReadAsync(Document).ConfigureAwait(false))];

    /// <summary>Notes that a report is about to leave. False where that is not possible.</summary>
    public Task<bool> TryBeginAsync(string destination, FrozenReport report) =>
        state.TryChangeAsync(Document, text => Change(text, destination, report, NoAnswer, isBegun: true));

    /// <summary>
    /// Notes what became of a report that was begun, in the place of what was noted of it before, unless that is an answer
    /// and this is none; what certainly never left is noted no more, and what was forgotten meanwhile stays so. False where
    /// that is not possible.
    /// </summary>
    public Task<bool> TryNoteAsync(string destination, FrozenReport report, DeliveryResult result) =>
        state.TryChangeAsync(Document, text => Change(text, destination, report, AnswerOf(result), isBegun: false));

    /// <summary>Forgets all of it; false where that is not possible.</summary>
    public Task<bool> TryForgetAsync() => state.TryChangeAsync(Document, _ => null);

    private static string? Change(string? text, string destination, FrozenReport report, string? answer, bool isBegun)
    {
        string sent = report.TextFor(destination);
        string hash = SentReport.HashOf(sent);
        List<SentReport> lines = [.. Parse(text)];
        int noted = lines.FindIndex(other => (other.At, other.Destination, other.Sha256) == (report.At, destination, hash));
        if (noted >= 0)
        {
            if (answer is null or NoAnswer && lines[noted].Answer != NoAnswer)
            {
                // Another process has the answer.
                return text;
            }

            lines.RemoveAt(noted);
        }
        else if (!isBegun)
        {
            return text;
        }

        if (answer is not null)
        {
            lines.Insert(0, new SentReport(report.At, destination, answer, hash, sent));
        }

        return lines.Count > 0 ? Write(lines) : null;
    }

    private static IEnumerable<SentReport> Parse(string? text) =>
        (text ?? "").Split('\n').Select(ParseLine).OfType<SentReport>().Reverse();

    private static string? AnswerOf(DeliveryResult result) => result switch
    {
        DeliveryResult.Accepted accepted => accepted.IsConfirmed ? Accepted : Unconfirmed,
        DeliveryResult.AlreadyReported => "already reported",
        DeliveryResult.Rejected => "rejected",
        DeliveryResult.Unauthorized => "unauthorized",
        DeliveryResult.Unreachable { MaybeReceived: true } => NoAnswer,
        _ => null,
    };

    // The latest stands last in the file, where a person looks for it; the oldest make room.
    private static string Write(IEnumerable<SentReport> latestFirst)
    {
        List<string> lines = [];
        int length = 0;
        foreach (SentReport sent in latestFirst)
        {
            string line = JsonSerializer.Serialize(sent, DeliveryJson.Readable.SentReport) + "\n";
            length += line.Length;
            if (length > ClientLimits.HistoryCharacters)
            {
                break;
            }

            lines.Insert(0, line);
        }

        return string.Concat(lines);
    }

    // A line that a person damaged costs itself only.
    private static SentReport? ParseLine(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, DeliveryJson.Readable.SentReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
