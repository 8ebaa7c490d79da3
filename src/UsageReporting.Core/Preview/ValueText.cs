using System.Globalization;
using System.Text.Json;

namespace UsageReporting.Core.Preview;

/// <summary>How a value on the wire reads to a person.</summary>
internal static class ValueText
{
    /// <summary>The text, or null where the value does not fit the field.</summary>
    public static string? Of(UsageField field, JsonElement json, UsageTexts texts) => (field, json.ValueKind) switch
    {
        (FlagField, JsonValueKind.True) => texts.Get("ValueYes"),
        (FlagField, JsonValueKind.False) => texts.Get("ValueNo"),
        (CountField count, JsonValueKind.Number) => OfCount(json, count.Allows),
        (SetField set, JsonValueKind.Array) =>
            Join([.. json.EnumerateArray().Select(item => OfText(item, text => set.Words.Find(text)))], texts),
        (CountsField counts, JsonValueKind.Object) =>
            Join([.. json.EnumerateObject().Select(pair => Entry(counts.Words, pair.Name, OfCount(pair.Value, counts.Allows)))], texts),
        (VersionsField versions, JsonValueKind.Object) =>
            Join([.. json.EnumerateObject().Select(pair => Entry(
                versions.Words, pair.Name, OfText(pair.Value, text => versions.Allows(text) ? text : null)))], texts),
        (WordField word, _) => OfText(json, text => word.Words.Find(text)),
        (BucketField bucket, _) => OfText(json, text => bucket.Find(text)?.Replace('-', '–')),
        (VersionField version, _) => OfText(json, text => version.Allows(text) ? text : null),
        (TextField pattern, _) => OfText(json, text => pattern.Allows(text) ? text : null),
        (DateField, _) => OfText(json, text => DateField.TryRead(text, out _) ? text : null),
        _ => null,
    };

    private static string? OfText(JsonElement json, Func<string, string?> read) =>
        json.ValueKind == JsonValueKind.String ? read(json.GetString()!) : null;

    private static string? OfCount(JsonElement json, Func<long, bool> allows) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long number) && allows(number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? Entry(Vocabulary words, string word, string? value) =>
        words.Find(word) is null || value is null ? null : $"{word} {value}";

    private static string? Join(string?[] entries, UsageTexts texts) =>
        entries.Contains(null) ? null : entries.Length == 0 ? texts.Get("ValueNone") : string.Join(", ", entries);
}
