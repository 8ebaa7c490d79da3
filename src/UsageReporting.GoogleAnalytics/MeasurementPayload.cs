using System.Text.Encodings.Web;
using System.Text.Json;

namespace UsageReporting.GoogleAnalytics;

/// <summary>
/// A report as a request of the Measurement Protocol. One event holds all that has one value; a field of several words, which a
/// parameter cannot hold, is an event for each of them. Pure: a report and its schema give bytes.
/// </summary>
internal static class MeasurementPayload
{
    public const string ReportEvent = "usage_report";

    private const string Engagement = "engagement_time_msec";

    // What a person reads in the report they should find here spelt in the same way.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fields that are not sent: what they are for, Google cannot do.</summary>
    public static bool IsSent(UsageField field) => field.Name is not (IdentityFields.ErasureKeyName or IdentityFields.NonceName);

    /// <summary>Whether a field is an event for each of its words.</summary>
    public static bool IsOfWords(UsageField field) => WordsOf(field) is not null;

    /// <summary>The words that such a field may hold; null for any other.</summary>
    public static Vocabulary? WordsOf(UsageField field) => field switch
    {
        SetField set => set.Words,
        CountsField counts => counts.Words,
        VersionsField versions => versions.Words,
        _ => null,
    };

    /// <summary>The name of a field's parameter: a dot cannot stand in one, and no schema has names that differ by that only.</summary>
    public static string ParameterOf(UsageField field) => field.Name.Replace('.', '_');

    /// <summary>The name of a field's events, which no event of Google's own begins with.</summary>
    public static string EventOf(UsageField field) => "usage_" + ParameterOf(field);

    public static byte[] Of(ReportSchema schema, ReadOnlyMemory<byte> report)
    {
        using JsonDocument document = JsonDocument.Parse(report);
        JsonElement root = document.RootElement;
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("client_id", ClientOf(schema.Header.Identity, root));
            json.WriteStartObject("consent");
            json.WriteString("ad_user_data", "DENIED");
            json.WriteString("ad_personalization", "DENIED");
            json.WriteEndObject();
            json.WriteStartArray("events");
            WriteReport(json, schema, root);
            foreach (UsageField field in schema.Fields.Where(IsOfWords))
            {
                if (Find(root, field.Name) is { } value)
                {
                    WriteWords(json, field, value);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    // A report without an id is a client of its own.
    private static string ClientOf(ReportIdentity identity, JsonElement report) =>
        (identity.Kind == IdentityKind.None ? null : Find(report, identity.Name)?.GetString())
        ?? Find(report, IdentityFields.NonceName)?.GetString()
        ?? throw new InvalidOperationException("The report has neither an id nor a nonce.");

    private static void WriteReport(Utf8JsonWriter json, ReportSchema schema, JsonElement report)
    {
        WriteEventStart(json, ReportEvent);

        // Without it nobody counts as an active user; a report takes no time.
        json.WriteNumber(Engagement, 1);
        foreach (UsageField field in schema.Fields.Where(field => IsSent(field) && !IsOfWords(field)))
        {
            if (Find(report, field.Name) is { } value)
            {
                WriteValue(json, ParameterOf(field), value);
            }
        }

        WriteEventEnd(json);
    }

    private static void WriteWords(Utf8JsonWriter json, UsageField field, JsonElement value)
    {
        IEnumerable<(string Word, JsonElement? Value)> entries = value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(word => (word.GetString()!, (JsonElement?)null))
            : value.EnumerateObject().Select(entry => (entry.Name, (JsonElement?)entry.Value));
        foreach ((string word, JsonElement? of) in entries)
        {
            WriteEventStart(json, EventOf(field));
            json.WriteString("word", word);
            if (of is { } number)
            {
                WriteValue(json, field.Kind == UsageFieldKind.Counts ? "count" : "version", number);
            }

            WriteEventEnd(json);
        }
    }

    private static void WriteEventStart(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartObject("params");
    }

    private static void WriteEventEnd(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A parameter is a number or text.
    private static void WriteValue(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            json.WriteNumber(name, value.GetInt64());
        }
        else
        {
            json.WriteString(name, value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());
        }
    }

    private static JsonElement? Find(JsonElement report, string path)
    {
        JsonElement place = report;
        return path.Split('.').All(name => place.TryGetProperty(name, out place)) ? place : null;
    }
}
