using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>Keeps the frozen report over a kill, a restart or a lost answer.</summary>
internal sealed class Spool(StateFolder folder)
{
    private const string FileName = "frozen_report.json";

    /// <summary>The report that waits for an answer; null where none does, or where the file is damaged.</summary>
    public FrozenReport? Read()
    {
        if (folder.Read(FileName) is not { } text)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, StateJson.Readable.FrozenReport);
        }
        catch (JsonException)
        {
            // Files are replaced whole, so this was not cut off by a kill; nothing in it can be trusted.
            return null;
        }
    }

    /// <summary>Freezes a report where none is frozen.</summary>
    public KeepResult TryFreeze(FrozenReport report) => folder.TryCreate(FileName, Write(report));

    /// <summary>Replaces what is frozen, or notes how far it came.</summary>
    public bool TryWrite(FrozenReport report) => folder.TryWrite(FileName, Write(report));

    public void Drop() => folder.TryDelete(FileName);

    private static string Write(FrozenReport report) =>
        JsonSerializer.Serialize(report, StateJson.Readable.FrozenReport);
}
