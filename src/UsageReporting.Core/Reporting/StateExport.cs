using System.Text.Json;
using System.Text.Json.Nodes;
using UsageReporting.Core.State;

namespace UsageReporting.Core.Reporting;

/// <summary>Everything that is kept here as one JSON object, with what was set aside because it was damaged.</summary>
internal sealed class StateExport(UsageState state, ReportSchema schema, TimeProvider time)
{
    public async Task<JsonObject> ReadAsync()
    {
        JsonObject documents = [];
        foreach (string name in UsageDocuments.Names.Concat(UsageDocuments.Tallies).SelectMany(name => new[] { name, FileStateStore.AsideOf(name) }))
        {
            if (await state.ReadAsync(name).ConfigureAwait(false) is { } text)
            {
                documents.Add(name, Read(name, text));
            }
        }

        return new JsonObject
        {
            ["exportVersion"] = "1.0",
            ["exportedAt"] = DateField.Write(time.GetUtcNow()),
            ["product"] = schema.Header.Product,
            ["documents"] = documents,
        };
    }

    private static JsonNode Read(string name, string text) =>
        name.StartsWith(UsageDocuments.Secret, StringComparison.Ordinal)
            || name.StartsWith(UsageDocuments.Erasures, StringComparison.Ordinal) ? JsonValue.Create("kept, and not exported")!
        : name is UsageDocuments.History or UsageDocuments.Receipts ? new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)])
        : ReadLine(text.TrimEnd());

    // What is no JSON, or was damaged, is a line of text.
    private static JsonNode ReadLine(string text)
    {
        try
        {
            return text.StartsWith('{') && JsonNode.Parse(text) is { } json ? json : JsonValue.Create(text)!;
        }
        catch (JsonException)
        {
            return JsonValue.Create(text)!;
        }
    }
}
