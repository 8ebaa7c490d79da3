using System.Text.Json;

namespace UsageReporting.Core.Preview;

/// <summary>
/// Reads a report's bytes by the schema, for people. What it cannot read is not of this schema: it was composed under
/// another one, and must be composed anew.
/// </summary>
internal static class ReportReader
{
    // Of a member that is there twice only one could be shown.
    private static readonly JsonDocumentOptions OnceEach = new() { AllowDuplicateProperties = false };

    /// <summary>The rows, or null where the bytes hold anything that the schema does not declare so.</summary>
    public static IReadOnlyList<PreviewRow>? Read(
        ReportSchema schema, ReadOnlyMemory<byte> report, UsageTexts texts)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(report, OnceEach);
            if (!TryReadObject(schema, document.RootElement, "", texts, values))
            {
                return null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is a string that is not Unicode.
            return null;
        }

        ReportIdentity identity = schema.Header.Identity;
        return IdOf(identity, values) is { } id ? [new PreviewRow(texts.Label(identity), id), .. Rows(schema, texts, values)]
            : schema.AllowsNoId ? [.. Rows(schema, texts, values)]
            : null;
    }

    /// <summary>The report's id, or null where it has none.</summary>
    public static string? IdOf(ReportSchema schema, ReadOnlyMemory<byte> report)
    {
        if (schema.Header.Identity is not { Kind: not IdentityKind.None, Name: var name })
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(report);
        return TryFind(document.RootElement, name, out JsonElement id) ? id.GetString() : null;
    }

    /// <summary>Whether the report has a value of the field.</summary>
    public static bool Holds(ReadOnlyMemory<byte> report, UsageField field)
    {
        using JsonDocument document = JsonDocument.Parse(report);
        return TryFind(document.RootElement, field.Name, out _);
    }

    /// <summary>The value of a declared name in a report; null where it has none.</summary>
    public static JsonElement? Find(JsonElement report, string path) => TryFind(report, path, out JsonElement value) ? value : null;

    private static bool TryFind(JsonElement report, string path, out JsonElement value)
    {
        JsonElement place = report;
        bool isThere = path.Split('.').All(name => place.TryGetProperty(name, out place));
        value = place;
        return isThere;
    }

    private static string? IdOf(ReportIdentity identity, Dictionary<string, string> values) =>
        identity.Kind == IdentityKind.None ? null : values.GetValueOrDefault(identity.Name);

    private static bool TryReadObject(
        ReportSchema schema, JsonElement json, string prefix, UsageTexts texts, Dictionary<string, string> values)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            string path = prefix + member.Name;
            string? text = IsId(schema, path) ? TextOf(member.Value)
                : schema.Find(path) is { } field ? ValueText.Of(field, member.Value, texts)
                : null;
            if (text is not null)
            {
                values[path] = text;
            }
            else if (!IsObjectOf(schema, path) || !TryReadObject(schema, member.Value, path + ".", texts, values))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsId(ReportSchema schema, string path) =>
        schema.Header.Identity is { Kind: not IdentityKind.None, Name: var name } && name == path;

    private static string? TextOf(JsonElement id) => id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    // Whether the name is a part of the path of a declared one.
    private static bool IsObjectOf(ReportSchema schema, string path) =>
        schema.Fields.Select(field => field.Name).Append(schema.Header.Identity.Name)
            .Any(name => name.StartsWith(path + ".", StringComparison.Ordinal));

    private static IEnumerable<PreviewRow> Rows(
        ReportSchema schema, UsageTexts texts, Dictionary<string, string> values)
    {
        foreach (UsageField field in schema.Fields.Where(f => f.DetailOf is null || !values.ContainsKey(f.DetailOf)))
        {
            if (values.TryGetValue(field.Name, out string? value))
            {
                string[] details = [.. schema.Fields
                    .Where(detail => detail.DetailOf == field.Name && values.ContainsKey(detail.Name))
                    .Select(detail => $"{texts.Label(detail)} {values[detail.Name]}")];
                yield return new PreviewRow(
                    texts.Label(field), details.Length == 0 ? value : $"{value} ({string.Join(", ", details)})");
            }
        }
    }
}
