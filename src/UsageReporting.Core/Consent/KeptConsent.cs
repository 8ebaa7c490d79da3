using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Consent;

/// <summary>
/// A person's choice as it is kept: a JSON object, whose last member <c>check</c> is the SHA-256 of what stands before it.
/// A choice that was changed by hand, or damaged, is none.
/// </summary>
/// <param name="Choice"><c>no</c>, <c>yes</c> or <c>local</c>; <c>told</c> where nothing was chosen and a notice was seen.</param>
/// <param name="Level">Up to which level.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when, or null for ever.</param>
/// <param name="Destinations">Where reports went then.</param>
/// <param name="Schema">The schema that was agreed to, or told of, as <c>usage schema</c> printed it then; null after a no.</param>
internal sealed record KeptConsent(
    string Choice,
    string Level,
    DateTimeOffset At,
    DateTimeOffset? Until,
    IReadOnlyList<string> Destinations,
    string? Schema)
{
    private const string Check = ",\"check\":\"";

    // By hand, and not with a serializer: the file is read in each run of a short program, and making a serializer takes
    // longer there than anything else.
    public static string Write(KeptConsent kept)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("choice", kept.Choice);
            json.WriteString("level", kept.Level);
            json.WriteString("at", UtcJsonConverter.ToText(kept.At));
            json.WriteString("until", kept.Until is { } until ? UtcJsonConverter.ToText(until) : null);
            json.WriteStartArray("destinations");
            foreach (string destination in kept.Destinations)
            {
                json.WriteStringValue(destination);
            }

            json.WriteEndArray();
            json.WriteString("schema", kept.Schema);
            json.WriteEndObject();
        }

        string text = Encoding.UTF8.GetString(bytes.ToArray())[..^1];
        return $"{text}{Check}{HashOf(text)}\"}}\n";
    }

    /// <summary>The choice, or null where the text is not what was written.</summary>
    /// <exception cref="JsonException">Nor is it JSON.</exception>
    public static KeptConsent? Read(string text)
    {
        int end = text.LastIndexOf(Check, StringComparison.Ordinal);
        if (end < 0 || text != $"{text[..end]}{Check}{HashOf(text[..end])}\"}}\n")
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(text[..end] + "}");
        JsonElement json = document.RootElement;
        return new KeptConsent(
            json.GetProperty("choice").GetString()!,
            json.GetProperty("level").GetString()!,
            UtcJsonConverter.FromText(json.GetProperty("at").GetString()),
            json.GetProperty("until").GetString() is { } until ? UtcJsonConverter.FromText(until) : null,
            [.. json.GetProperty("destinations").EnumerateArray().Select(destination => destination.GetString()!)],
            json.GetProperty("schema").GetString());
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
