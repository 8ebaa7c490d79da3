using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>Keeps the frozen report over a kill, a restart or a lost answer.</summary>
internal sealed class Spool(UsageState state)
{
    private const string Document = "frozen_report.json";

    /// <summary>The report that waits for an answer; null where none does, or where the document is damaged.</summary>
    public async Task<FrozenReport?> ReadAsync() => Parse(await state.ReadAsync(Document).ConfigureAwait(false));

    /// <summary>Freezes a report, in the place of one that waits for nothing any more.</summary>
    /// <param name="report">The report.</param>
    /// <param name="isWaiting">Whether one that is frozen already must stay.</param>
    public async Task<KeepResult> FreezeAsync(FrozenReport report, Func<FrozenReport, Task<bool>> isWaiting)
    {
        string? text = await state.ReadAsync(Document).ConfigureAwait(false);
        return Parse(text) is { } other && await isWaiting(other).ConfigureAwait(false)
            ? KeepResult.AnotherIsKept
            : await state.TryReplaceAsync(Document, text, Write(report)).ConfigureAwait(false);
    }

    /// <summary>
    /// Notes how far a report came. Another one that was frozen meanwhile stays; false then, or where it is not possible.
    /// </summary>
    public async Task<bool> TryNoteAsync(FrozenReport report)
    {
        bool isAnother = false;
        return await state.TryChangeAsync(Document, text =>
        {
            isAnother = Parse(text) is { } other && !other.IsSameAs(report);
            return isAnother ? text : Write(report);
        }).ConfigureAwait(false) && !isAnother;
    }

    /// <summary>Forgets a report; another one that was frozen meanwhile stays.</summary>
    public Task DropAsync(FrozenReport report) => state.TryChangeAsync(
        Document, text => Parse(text) is { } other && !other.IsSameAs(report) ? text : null);

    private static FrozenReport? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, StateJson.Readable.FrozenReport);
        }
        catch (JsonException)
        {
            // Documents are replaced whole, so this was not cut off by a kill; nothing in it can be trusted.
            return null;
        }
    }

    private static string Write(FrozenReport report) =>
        JsonSerializer.Serialize(report, StateJson.Readable.FrozenReport);
}
