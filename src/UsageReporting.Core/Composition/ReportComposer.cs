using System.Text.Json.Nodes;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Identity;

namespace UsageReporting.Core.Composition;

/// <summary>Makes the one report that is previewed, sent and kept. There is no second way to make its bytes.</summary>
internal sealed class ReportComposer(ReportSchema schema)
{
    public ComposedReport Compose(Sender sender, CollectedValues collected)
    {
        Dictionary<string, JsonNode> values = new(collected.Values, StringComparer.Ordinal);
        List<LeftOutField> leftOut = [.. collected.LeftOut];
        byte[] bytes = Write(sender, values);
        while (bytes.Length > schema.Header.MaxBytes && Largest(values) is { } largest)
        {
            values.Remove(largest.Name);
            leftOut.Add(new LeftOutField(largest, LeftOutReason.TooLarge));
            bytes = Write(sender, values);
        }

        return new ComposedReport(
            bytes, leftOut, schema.Fields.FirstOrDefault(
                f => f.Required && !values.ContainsKey(f.Name) && !sender.Fields.ContainsKey(f.Name)));
    }

    private byte[] Write(Sender sender, Dictionary<string, JsonNode> values)
    {
        JsonObject report = [];
        if (sender.Id is { } id)
        {
            Place(report, schema.Header.Identity.Name, id.Value);
        }

        foreach (UsageField field in schema.Fields)
        {
            if (values.TryGetValue(field.Name, out JsonNode? value) || sender.Fields.TryGetValue(field.Name, out value))
            {
                Place(report, field.Name, value.DeepClone());
            }
        }

        return ReportJson.Write(report);
    }

    // "installation.platform" is the member "platform" of the object "installation".
    private static void Place(JsonObject report, string path, JsonNode value)
    {
        string[] names = path.Split('.');
        JsonObject place = report;
        foreach (string name in names[..^1])
        {
            if (place[name] is not JsonObject below)
            {
                below = [];
                place[name] = below;
            }

            place = below;
        }

        place[names[^1]] = value;
    }

    // Without a required one nothing could be sent at all, so that these go last.
    private UsageField? Largest(Dictionary<string, JsonNode> values) =>
        schema.Fields.Where(field => values.ContainsKey(field.Name))
            .MaxBy(field => (!field.Required, ReportJson.Write(values[field.Name]).Length));
}
