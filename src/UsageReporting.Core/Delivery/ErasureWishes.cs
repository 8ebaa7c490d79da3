using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Delivery;

/// <summary>Keeps the erasures that were asked for, with the ids and secrets that prove them, until they are answered.</summary>
internal sealed class ErasureWishes(UsageState state)
{
    private const string Document = UsageDocuments.Erasures;

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<PendingErasure>> ReadAsync() => Parse(await state.ReadAsync(Document).ConfigureAwait(false));

    /// <summary>Keeps more of them, but for those that are kept already. False where that is not possible.</summary>
    public Task<bool> TryAddAsync(IReadOnlyList<PendingErasure> wishes) => TryChangeAsync(
        kept => [.. kept, .. wishes.Where(wish => !kept.Any(wish.IsSameAs))]);

    /// <summary>Notes, before it leaves, that a server is asked for one. False where that is not possible.</summary>
    public Task<bool> TryNoteAskedAsync(PendingErasure asked, DateTimeOffset now) => TryChangeAsync(kept =>
    [
        .. kept.Select(wish => wish.Server != asked.Server ? wish : wish with { Tried = now, IsAsked = wish.IsAsked || wish.IsSameAs(asked) }),
    ]);

    /// <summary>Forgets those; false where that is not possible.</summary>
    public Task<bool> TryRemoveAsync(params IReadOnlyList<PendingErasure> wishes) =>
        TryChangeAsync(kept => [.. kept.Where(wish => !wishes.Any(wish.IsSameAs))]);

    /// <summary>Forgets all of them; false where that is not possible.</summary>
    public Task<bool> TryForgetAsync() => state.TryChangeAsync(Document, _ => null);

    private Task<bool> TryChangeAsync(Func<IReadOnlyList<PendingErasure>, IReadOnlyList<PendingErasure>> change) =>
        state.TryChangeAsync(Document, text => change(Parse(text)) is { Count: > 0 } changed
            ? JsonSerializer.Serialize(changed, DeliveryJson.Readable.IReadOnlyListPendingErasure)
            : null);

    // What a person damaged, in whole or in part, is no wish.
    private static IReadOnlyList<PendingErasure> Parse(string? text)
    {
        try
        {
            return text is null ? [] :
            [
                .. (JsonSerializer.Deserialize(text, DeliveryJson.Readable.IReadOnlyListPendingErasure) ?? [])
                    .Where(wish => wish is { Server: not null, Proof: { Product: not null, Id: not null, Secret: not null } }),
            ];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
