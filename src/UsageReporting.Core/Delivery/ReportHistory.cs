using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// What was sent, a JSON document a line, for a person to read and to check. A report that was agreed to has one line for
/// each destination, which a later answer replaces.
/// </summary>
internal sealed class ReportHistory(StateFolder folder)
{
    private const string FileName = "history.jsonl";

    /// <summary>All of it, the latest first.</summary>
    public IReadOnlyList<SentReport> Read() =>
        [.. (folder.Read(FileName) ?? "").Split('\n').Select(Parse).OfType<SentReport>().Reverse()];

    /// <summary>
    /// Notes what became of a report, in the place of what was noted of it before; what certainly never left is not
    /// noted. False where that is not possible.
    /// </summary>
    public bool TryNote(string destination, FrozenReport report, DeliveryResult result)
    {
        string hash = SentReport.HashOf(report.Report);
        List<SentReport> lines =
        [
            .. Read().Where(other => (other.At, other.Destination, other.Sha256) != (report.At, destination, hash)),
        ];
        if (AnswerOf(result) is { } answer)
        {
            lines.Insert(0, new SentReport(report.At, destination, answer, hash, report.Report));
        }

        return lines.Count > 0 ? folder.TryWrite(FileName, Write(lines)) : folder.TryDelete(FileName);
    }

    private static string? AnswerOf(DeliveryResult result) => result switch
    {
        DeliveryResult.Accepted => "accepted",
        DeliveryResult.AlreadyReported => "already reported",
        DeliveryResult.Rejected => "rejected",
        DeliveryResult.Unauthorized => "unauthorized",
        DeliveryResult.Unreachable { MaybeReceived: true } => "no answer",
        _ => null,
    };

    // The latest stands last in the file, where a person looks for it; the oldest make room.
    private static string Write(IEnumerable<SentReport> latestFirst)
    {
        List<string> lines = [];
        int length = 0;
        foreach (SentReport sent in latestFirst)
        {
            string line = JsonSerializer.Serialize(sent, StateJson.Readable.SentReport) + "\n";
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
    private static SentReport? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, StateJson.Readable.SentReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
