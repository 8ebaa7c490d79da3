using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// What was sent, a JSON document a line, for a person to read and to check. A report and a destination have one line,
/// which a later answer replaces.
/// </summary>
internal sealed class ReportHistory(StateFolder folder)
{
    private const string FileName = "history.jsonl";

    /// <summary>All of it, the latest first.</summary>
    public IReadOnlyList<SentReport> Read() =>
        [.. (folder.Read(FileName) ?? "").Split('\n').Select(Parse).OfType<SentReport>().Reverse()];

    /// <summary>Notes an answer. What certainly never left is not noted. False where that is not possible.</summary>
    public bool TryAdd(string destination, string report, DeliveryResult result, DateTimeOffset now)
    {
        if (AnswerOf(result) is not { } answer)
        {
            return true;
        }

        SentReport sent = new(now, destination, answer, SentReport.HashOf(report), report);
        IEnumerable<SentReport> others = Read().Where(
            other => other.Sha256 != sent.Sha256 || other.Destination != sent.Destination);
        return folder.TryWrite(FileName, Write([sent, .. others]));
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
