using System.Text.Json.Nodes;

namespace UsageReporting.Core.Schema;

/// <summary>Writes a schema. What has its default value is left out, so that there is one form only.</summary>
internal static class SchemaJsonWriter
{
    public static byte[] Write(ReportSchema schema)
    {
        SchemaHeader header = schema.Header;
        JsonObject json = new()
        {
            ["product"] = header.Product,
            ["maxBytes"] = (long)header.MaxBytes,
            ["windowDays"] = (long)header.WindowDays,
            ["identity"] = Identity(header.Identity),
            ["fields"] = new JsonArray([.. schema.Fields.Select(Field)]),
        };
        AddText(json, "operator", header.Operator);
        AddText(json, "contact", header.Contact);
        AddText(json, "promise", header.Promise);
        AddText(json, "moreInformation", header.MoreInformation?.AbsoluteUri);
        if (header.Access.Count > 0)
        {
            json["access"] = Words(header.Access);
        }

        if (header.Pairs.Count > 0)
        {
            json["pairs"] = new JsonArray([.. header.Pairs.Select(pair => Words([pair.Rows, pair.Columns]))]);
        }

        AddCatalogues(json, schema.Fields);
        return CanonicalJson.Write(json);
    }

    private static JsonObject Identity(ReportIdentity identity)
    {
        JsonObject json = new() { ["kind"] = SchemaNames.Of(identity.Kind) };
        if (identity.Kind != IdentityKind.None)
        {
            json["name"] = identity.Name;
            json["label"] = identity.Label;
            json["purpose"] = identity.Purpose;
        }

        if (identity.Kind == IdentityKind.Rotating)
        {
            json["rotates"] = SchemaNames.Of(identity.Rotates);
        }

        return json;
    }

    private static JsonObject Field(UsageField field)
    {
        JsonObject json = new()
        {
            ["name"] = field.Name,
            ["kind"] = SchemaNames.Of(field.Kind),
            ["level"] = SchemaNames.Of(field.Level),
            ["label"] = field.Label,
            ["purpose"] = field.Purpose,
        };
        if (field.Required)
        {
            json["required"] = true;
        }

        if (!field.Publish)
        {
            json["publish"] = false;
        }

        AddText(json, "detailOf", field.DetailOf);
        AddKind(json, field);
        return json;
    }

    private static void AddKind(JsonObject json, UsageField field)
    {
        if (SchemaRules.WordsOf(field) is { } vocabulary)
        {
            json[vocabulary.CatalogueName is null ? "values" : "catalogue"] =
                vocabulary.CatalogueName is { } name ? name : Words(vocabulary.Words);
        }

        switch (field)
        {
            case BucketField bucket:
                json["bounds"] = new JsonArray([.. bucket.Bounds.Select(bound => (JsonNode)bound)]);
                break;
            case CountField count:
                AddBounds(json, count.Minimum, count.Maximum);
                break;
            case CountsField counts:
                AddBounds(json, counts.Minimum, counts.Maximum);
                break;
            case VersionField { Parts: { } parts }:
                json["parts"] = (long)parts;
                break;
            case VersionsField { Parts: { } parts }:
                json["parts"] = (long)parts;
                break;
            case TextField text:
                json["pattern"] = text.Pattern;
                json["maxLength"] = (long)text.MaxLength;
                break;
        }
    }

    private static void AddBounds(JsonObject json, long minimum, long maximum)
    {
        json["minimum"] = minimum;
        json["maximum"] = maximum;
    }

    private static void AddCatalogues(JsonObject json, IEnumerable<UsageField> fields)
    {
        JsonObject catalogues = [];
        foreach (Vocabulary vocabulary in fields.Select(SchemaRules.WordsOf).OfType<Vocabulary>())
        {
            if (vocabulary.CatalogueName is { } name)
            {
                catalogues[name] = Words(vocabulary.Words);
            }
        }

        if (catalogues.Count > 0)
        {
            json["catalogues"] = catalogues;
        }
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    private static void AddText(JsonObject json, string name, string? text)
    {
        if (text is not null)
        {
            json[name] = text;
        }
    }
}
