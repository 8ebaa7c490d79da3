using System.Text;
using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Consent;

/// <summary>
/// Keeps what a person chose, or was told of: for themselves or, where the application's scope is wider and they may write
/// there, for everybody in it. What is their own comes before what is everybody's, but a no of either is a no.
/// </summary>
/// <param name="own">Where it is kept for the person.</param>
/// <param name="shared">Where it is kept for everybody; null where the scope is the person.</param>
/// <param name="schema">What reports hold today.</param>
internal sealed class ConsentRecords(UsageState own, UsageState? shared, ReportSchema schema)
{
    private const string Document = UsageDocuments.Consent;

    // In the place of a choice: nothing was chosen, and a notice was seen.
    private const string Told = "told";

    /// <summary>
    /// The choice, or null where there is none, or none that can be trusted; and the place of one that cannot be read, which
    /// may be a no.
    /// </summary>
    public async Task<(ConsentRecord? Record, string? Unreadable)> ReadAsync()
    {
        List<ConsentRecord> records = [];
        foreach (UsageState state in new[] { own, shared }.OfType<UsageState>())
        {
            if (await state.TryReadAsync(Document).ConfigureAwait(false) is not (true, var text))
            {
                return (null, state.PlaceOf(Document));
            }

            if (Parse(text) is { } record)
            {
                records.Add(record with { IsShared = state == shared });
            }
        }

        return (
            records.Find(record => record.Choice == ConsentChoice.No)
                ?? records.Find(record => record.Choice == ConsentChoice.Local)
                ?? records.FirstOrDefault(),
            null);
    }

    /// <summary>What is everybody's; nothing where the scope is the person.</summary>
    public async Task<IReadOnlyList<KeptDocument>> FindSharedAsync() =>
        shared is null ? [] : [await shared.FindAsync(Document).ConfigureAwait(false), .. shared.FindOthers()];

    /// <summary>Keeps a choice in the place of an earlier one; null is none. False where that is not possible.</summary>
    public Task<bool> TryWriteAsync(ConsentRecord? record) => TryChangeAsync(_ => false, record is null ? null : Write(record));

    /// <summary>Keeps that a notice was seen, unless something was chosen meanwhile.</summary>
    public Task<bool> TryWriteToldAsync(ConsentRecord told) =>
        TryChangeAsync(text => Parse(text) is { Choice: not null }, Write(told));

    // As widely as the person may; what they had chosen for themselves alone is then no longer it.
    private async Task<bool> TryChangeAsync(Func<string?, bool> stays, string? changed)
    {
        bool isShared = shared is not null
            && await shared.TryChangeAsync(Document, text => stays(text) ? text : changed).ConfigureAwait(false);
        return await own.TryChangeAsync(
            Document, text => stays(text) ? text : isShared ? null : changed).ConfigureAwait(false);
    }

    private static string Write(ConsentRecord record) => KeptConsent.Write(new KeptConsent(
        record.Choice is { } choice ? NameOf(choice) : Told,
        NameOf(record.Level),
        record.At,
        record.Until,
        record.Terms?.Destinations ?? [],
        record.Terms is { } terms ? Encoding.UTF8.GetString(terms.Schema.ToJson()) : null));

    private ConsentRecord? Parse(string? text)
    {
        try
        {
            return text is not null
                && KeptConsent.Read(text) is { } kept
                && Enum.TryParse(kept.Level, ignoreCase: true, out UsageLevel level)
                && TryReadChoice(kept.Choice, out ConsentChoice? choice)
                ? new ConsentRecord(choice, level, kept.At, kept.Until, TermsOf(kept))
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or SchemaException)
        {
            return null;
        }
    }

    private static bool TryReadChoice(string name, out ConsentChoice? choice)
    {
        bool isChoice = Enum.TryParse(name, ignoreCase: true, out ConsentChoice chosen);
        choice = isChoice ? chosen : null;
        return isChoice || name == Told;
    }

    // Mostly it is today's, which short programs need not read again.
    private ConsentTerms? TermsOf(KeptConsent kept) =>
        kept.Schema is { } text
            ? new ConsentTerms(
                text == Encoding.UTF8.GetString(schema.ToJson()) ? schema : ReportSchema.Parse(Encoding.UTF8.GetBytes(text)),
                kept.Destinations)
            : null;

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
