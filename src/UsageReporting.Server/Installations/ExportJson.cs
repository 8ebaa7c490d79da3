using System.Globalization;
using System.Text.Json.Nodes;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Installations;

/// <summary>
/// Writes all that is stored of an installation: its reports as they were sent, as far as the schema has the fields, and what
/// is known of it beside them.
/// </summary>
internal static class ExportJson
{
    public static string Write(Product product, string id, StoredInstallation stored)
    {
        Dictionary<string, UsageField> columns = product.Schema.Fields.ToDictionary(
            field => field.Name.Replace('.', '_'), StringComparer.OrdinalIgnoreCase);
        string idColumn = product.Schema.Header.Identity.Name.Replace('.', '_');
        return new JsonObject
        {
            ["product"] = product.Name,
            ["id"] = id,
            ["first_seen"] = stored.FirstSeen,
            ["last_seen"] = stored.LastSeen,
            ["last_report_sha256"] = stored.LastSha256,
            ["held"] = stored.IsHeld,
            ["reports"] = new JsonArray([.. stored.Reports.Select(report => Report(report, columns, idColumn, product))]),
        }.ToJsonString();
    }

    private static JsonObject Report(
        StoredColumns report, Dictionary<string, UsageField> columns, string idColumn, Product product)
    {
        JsonObject json = new() { ["received"] = report.Received };
        foreach ((string column, object value) in report.Columns)
        {
            UsageField? field = columns.GetValueOrDefault(column);
            string path = column == idColumn ? product.Schema.Header.Identity.Name : field?.Name ?? column;
            Place(json, path, Value(field, value));
        }

        foreach (IGrouping<string, (string Field, string Key, object? Value)> entries in report.Entries.GroupBy(entry => entry.Field))
        {
            Place(json, entries.Key, entries.All(entry => entry.Value is null)
                ? new JsonArray([.. entries.Select(entry => JsonValue.Create(entry.Key))])
                : new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Value(null, entry.Value!)))));
        }

        return json;
    }

    private static JsonValue Value(UsageField? field, object stored) => (field?.Kind, stored) switch
    {
        (UsageFieldKind.Flag, long number) => JsonValue.Create(number != 0),
        (_, long number) => JsonValue.Create(number),
        _ => JsonValue.Create(Convert.ToString(stored, CultureInfo.InvariantCulture)!),
    };

    // Names with dots are paths.
    private static void Place(JsonObject json, string path, JsonNode value)
    {
        string[] names = path.Split('.');
        foreach (string name in names[..^1])
        {
            if (json[name] is not JsonObject inner)
            {
                json[name] = inner = [];
            }

            json = inner;
        }

        json[names[^1]] = value;
    }
}
