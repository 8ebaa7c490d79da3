using System.Text.Json.Nodes;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Says in which way two schemas differ, of whatever they consist: it compares their JSON, so that it knows nothing of kinds of fields and
/// forgets none of what a later version adds to them.
/// </summary>
internal static class SchemaDiff
{
    private const string Fields = "fields";
    private const string Name = "name";

    public static IReadOnlyList<string> Of(JsonObject before, JsonObject after)
    {
        OrderedDictionary<string, JsonObject> old = FieldsOf(before);
        OrderedDictionary<string, JsonObject> now = FieldsOf(after);
        string[] kept = [.. now.Keys.Where(old.ContainsKey)];
        return
        [
            .. Members(before, after).Where(member => member != Fields).Select(member => Member("", member, before[member], after[member])),
            .. now.Where(field => !old.ContainsKey(field.Key)).Select(field => $"{field.Key} is new: {field.Value["kind"]}"),
            .. old.Keys.Where(field => !now.ContainsKey(field)).Select(field => $"{field} is gone"),
            .. from field in kept
               from member in Members(old[field], now[field])
               select Member($"{field}, ", member, old[field][member], now[field][member]),
            .. kept.SequenceEqual(old.Keys.Where(now.ContainsKey)) ? [] : new[] { "the order of the fields" },
        ];
    }

    // Those that are not the same in both.
    private static IEnumerable<string> Members(JsonObject before, JsonObject after) =>
        before.Select(member => member.Key).Union(after.Select(member => member.Key))
            .Where(member => !JsonNode.DeepEquals(before[member], after[member]));

    private static string Member(string of, string name, JsonNode? before, JsonNode? after)
    {
        if (before is not JsonArray old || after is not JsonArray now)
        {
            return $"{of}{name}: {Text(before)} → {Text(after)}";
        }

        (string[] had, string[] has) = ([.. old.Select(Text)], [.. now.Select(Text)]);
        string[] changes = [.. has.Except(had).Select(value => $"+ {value}"), .. had.Except(has).Select(value => $"− {value}")];
        return $"{of}{name}: {(changes.Length == 0 ? "another order" : string.Join(", ", changes))}";
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "none",
        JsonValue scalar => scalar.ToString(),
        _ => value.ToJsonString(),
    };

    private static OrderedDictionary<string, JsonObject> FieldsOf(JsonObject schema)
    {
        OrderedDictionary<string, JsonObject> fields = [];
        foreach (JsonObject field in schema[Fields]?.AsArray().OfType<JsonObject>() ?? [])
        {
            fields.TryAdd(field[Name]?.ToString() ?? "", field);
        }

        return fields;
    }
}
