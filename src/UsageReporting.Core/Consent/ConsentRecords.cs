using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Consent;

/// <summary>Keeps what a person chose.</summary>
internal sealed class ConsentRecords(UsageState state)
{
    private const string Document = UsageDocuments.Consent;

    /// <summary>The choice, or null where there is none, or none that can be trusted.</summary>
    public async Task<ConsentRecord?> ReadAsync() => Parse(await state.ReadAsync(Document).ConfigureAwait(false));

    /// <summary>Keeps a choice in the place of an earlier one; null is none. False where that is not possible.</summary>
    public Task<bool> TryWriteAsync(ConsentRecord? record) =>
        state.TryChangeAsync(Document, _ => record is null ? null : Write(record));

    private static string Write(ConsentRecord record)
    {
        KeptConsent kept = new(
            NameOf(record.Choice),
            NameOf(record.Level),
            record.At,
            record.Until,
            record.Terms?.Destinations ?? [],
            record.Terms is { } terms ? Encoding.UTF8.GetString(terms.Schema.ToJson()) : null,
            Check: "");
        return JsonSerializer.Serialize(kept with { Check = CheckOf(kept) }, ConsentJson.Readable.KeptConsent) + "\n";
    }

    private static ConsentRecord? Parse(string? text)
    {
        try
        {
            return text is not null
                && JsonSerializer.Deserialize(text, ConsentJson.Readable.KeptConsent) is { } kept
                && kept.Check == CheckOf(kept)
                && Enum.TryParse(kept.Choice, ignoreCase: true, out ConsentChoice choice)
                && Enum.TryParse(kept.Level, ignoreCase: true, out UsageLevel level)
                ? new ConsentRecord(choice, level, kept.At, kept.Until, TermsOf(kept))
                : null;
        }
        catch (Exception e) when (e is JsonException or SchemaException)
        {
            return null;
        }
    }

    private static ConsentTerms? TermsOf(KeptConsent kept) => kept.Schema is { } schema
        ? new ConsentTerms(ReportSchema.Parse(Encoding.UTF8.GetBytes(schema)), kept.Destinations)
        : null;

    private static string CheckOf(KeptConsent kept) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(kept with { Check = "" }, ConsentJson.Readable.KeptConsent)));

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
