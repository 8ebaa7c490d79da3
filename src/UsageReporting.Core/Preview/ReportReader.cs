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
    public static IReadOnlyList<PreviewRow>? Read(ReportSchema schema, ReadOnlyMemory<byte> report)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(report, OnceEach);
            if (!TryReadObject(schema, document.RootElement, "", texts))
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
        return texts.TryGetValue(identity.Name, out string? id)
            ? [new PreviewRow(identity.Label, id), .. Rows(schema, texts)]
            : null;
    }

    private static bool TryReadObject(
        ReportSchema schema, JsonElement json, string prefix, Dictionary<string, string> texts)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            string path = prefix + member.Name;
            string? text = path == schema.Header.Identity.Name ? TextOf(member.Value)
                : schema.Find(path) is { } field ? ValueText.Of(field, member.Value)
                : null;
            if (text is not null)
            {
                texts[path] = text;
            }
            else if (!IsObjectOf(schema, path) || !TryReadObject(schema, member.Value, path + ".", texts))
            {
                return false;
            }
        }

        return true;
    }

    private static string? TextOf(JsonElement id) => id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    // Whether the name is a part of the path of a declared one.
    private static bool IsObjectOf(ReportSchema schema, string path) =>
        schema.Fields.Select(field => field.Name).Append(schema.Header.Identity.Name)
            .Any(name => name.StartsWith(path + ".", StringComparison.Ordinal));

    private static IEnumerable<PreviewRow> Rows(ReportSchema schema, Dictionary<string, string> texts)
    {
        foreach (UsageField field in schema.Fields.Where(f => f.DetailOf is null || !texts.ContainsKey(f.DetailOf)))
        {
            if (texts.TryGetValue(field.Name, out string? text))
            {
                string[] details = [.. schema.Fields
                    .Where(detail => detail.DetailOf == field.Name && texts.ContainsKey(detail.Name))
                    .Select(detail => $"{detail.Label} {texts[detail.Name]}")];
                yield return new PreviewRow(
                    field.Label, details.Length == 0 ? text : $"{text} ({string.Join(", ", details)})");
            }
        }
    }
}
