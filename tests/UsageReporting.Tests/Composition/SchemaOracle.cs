using System.Text.Json;
using System.Text.RegularExpressions;

namespace UsageReporting.Tests.Composition;

/// <summary>
/// What is wrong with a report, read from the schema's JSON and from the report's bytes and with nothing of the
/// library: a second opinion.
/// </summary>
internal sealed partial class SchemaOracle(byte[] schemaJson)
{
    private readonly JsonElement _schema = JsonDocument.Parse(schemaJson).RootElement;

    public IEnumerable<string> MistakesIn(ReadOnlyMemory<byte> report)
    {
        if (report.Length > _schema.GetProperty("maxBytes").GetInt32())
        {
            yield return "it is too large";
        }

        using JsonDocument document = JsonDocument.Parse(
            report, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 5 });
        string id = _schema.GetProperty("identity").GetProperty("name").GetString()!;
        List<string> seen = [];
        foreach (string mistake in InObject(document.RootElement, "", id, seen))
        {
            yield return mistake;
        }

        if (!seen.Contains(id))
        {
            yield return "it has no id";
        }
    }

    private IEnumerable<string> InObject(JsonElement json, string prefix, string id, List<string> seen)
    {
        foreach (JsonProperty member in json.EnumerateObject())
        {
            string path = prefix + member.Name;
            JsonElement field = _schema.GetProperty("fields").EnumerateArray()
                .FirstOrDefault(f => f.GetProperty("name").GetString() == path);
            if (path == id || field.ValueKind == JsonValueKind.Object)
            {
                seen.Add(path);
                if (path != id && !IsAllowed(field, member.Value))
                {
                    yield return $"{path} may not be {member.Value}";
                }
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (string mistake in InObject(member.Value, path + ".", id, seen))
                {
                    yield return mistake;
                }
            }
            else
            {
                yield return $"{path} is not declared";
            }
        }
    }

    private bool IsAllowed(JsonElement field, JsonElement value) => field.GetProperty("kind").GetString() switch
    {
        "flag" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "word" => IsWord(field, value.GetString()!),
        "bucket" => Ranges(field).Contains(value.GetString()),
        "count" => IsWithin(field, value),
        "version" => IsVersion(field, value),
        "date" => Date().IsMatch(value.GetString()!),
        "text" => value.GetString()!.Length <= field.GetProperty("maxLength").GetInt32()
            && Regex.IsMatch(value.GetString()!, $@"\A({field.GetProperty("pattern").GetString()})\z"),
        "set" => IsSmall(value.EnumerateArray().Select(item => item.GetString()!))
            && value.EnumerateArray().All(item => IsWord(field, item.GetString()!)),
        "counts" => IsSmall(value.EnumerateObject().Select(pair => pair.Name))
            && value.EnumerateObject().All(pair => IsWord(field, pair.Name) && IsWithin(field, pair.Value)),
        "versions" => IsSmall(value.EnumerateObject().Select(pair => pair.Name))
            && value.EnumerateObject().All(pair => IsWord(field, pair.Name) && IsVersion(field, pair.Value)),
        var kind => throw new InvalidOperationException($"There is a new kind: {kind}."),
    };

    private static bool IsSmall(IEnumerable<string> entries) =>
        entries.Count() <= 512 && entries.Distinct().Count() == entries.Count();

    private bool IsWord(JsonElement field, string word) =>
        (field.TryGetProperty("catalogue", out JsonElement catalogue)
            ? _schema.GetProperty("catalogues").GetProperty(catalogue.GetString()!)
            : field.GetProperty("values"))
        .EnumerateArray().Any(known => known.GetString() == word);

    private static IEnumerable<string> Ranges(JsonElement field)
    {
        long[] bounds = [.. field.GetProperty("bounds").EnumerateArray().Select(bound => bound.GetInt64())];
        for (int i = 0; i < bounds.Length; i++)
        {
            yield return i == bounds.Length - 1 ? $"{bounds[i]}+"
                : bounds[i] + 1 == bounds[i + 1] ? $"{bounds[i]}"
                : $"{bounds[i]}-{bounds[i + 1] - 1}";
        }
    }

    private static bool IsWithin(JsonElement field, JsonElement number) =>
        number.TryGetInt64(out long value)
        && value >= field.GetProperty("minimum").GetInt64()
        && value <= field.GetProperty("maximum").GetInt64();

    private static bool IsVersion(JsonElement field, JsonElement version)
    {
        string text = version.GetString()!;
        Match match = Version().Match(text);
        int parts = match.Groups[1].Value.Count(c => c == '.') + 1;
        return match.Success && text.Length <= 64
            && (!field.TryGetProperty("parts", out JsonElement wanted) || wanted.GetInt32() == parts);
    }

    [GeneratedRegex(@"\A([0-9]+(?:\.[0-9]+){1,3})(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\z")]
    private static partial Regex Date();
}
