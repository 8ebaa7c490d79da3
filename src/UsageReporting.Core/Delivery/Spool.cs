using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>
/// Keeps the frozen report over a kill, a restart or a lost answer. One is enough, also where nothing is reached for several
/// periods: what it does not carry stays counted (docs/decisions/0013).
/// </summary>
internal sealed class Spool(UsageState state)
{
    private const string Document = UsageDocuments.FrozenReport;

    /// <summary>The report that waits for an answer; null where none does, or where the document is damaged.</summary>
    public async Task<FrozenReport?> ReadAsync() => Parse(await state.ReadAsync(Document).ConfigureAwait(false));

    /// <summary>Whether it is this report that is frozen.</summary>
    public async Task<bool> HoldsAsync(FrozenReport report) =>
        await ReadAsync().ConfigureAwait(false) is { } frozen && frozen.IsSameAs(report);

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
    /// Notes how far a report came, on top of what other processes have noted of it meanwhile; null is done with it.
    /// </summary>
    /// <returns>
    /// What was noted before; <see cref="KeepResult.AnotherIsKept"/> where another report is frozen by now, or none, and
    /// nothing was noted.
    /// </returns>
    public async Task<(KeepResult Result, FrozenReport? Before)> NoteAsync(
        FrozenReport report, Func<FrozenReport, FrozenReport?> change)
    {
        FrozenReport? before = null;
        bool isWritten = await state.TryChangeAsync(Document, text =>
        {
            before = Parse(text) is { } frozen && frozen.IsSameAs(report) ? frozen : null;
            return before is null ? text : change(before) is { } changed ? Write(changed) : null;
        }).ConfigureAwait(false);
        return (!isWritten ? KeepResult.NoPlace : before is null ? KeepResult.AnotherIsKept : KeepResult.Kept, before);
    }

    /// <summary>Forgets whatever is frozen; false where that is not possible.</summary>
    public Task<bool> TryDropAsync() => state.TryChangeAsync(Document, _ => null);

    private static FrozenReport? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, DeliveryJson.Readable.FrozenReport);
        }
        catch (JsonException)
        {
            // Documents are replaced whole, so this was not cut off by a kill; nothing in it can be trusted.
            return null;
        }
    }

    private static string Write(FrozenReport report) =>
        JsonSerializer.Serialize(report, DeliveryJson.Readable.FrozenReport);
}
