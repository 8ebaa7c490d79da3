using System.Text.Json;

namespace UsageReporting.Core.Schema;

/// <summary>
/// Reads a schema. A member that is missing, misspelt or of another type is a mistake like any other, and all of them
/// are reported together: a schema with a typing error must not quietly mean something else.
/// </summary>
internal static class SchemaJsonReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static ReportSchema Read(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json, Options);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            // A name given twice is noticed after the reading, when there is no line any more.
            throw new SchemaException([
                e.LineNumber is { } line ? $"It is not JSON (line {line + 1})." : "An object has two members of one name.",
            ]);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json says to a string that is not Unicode, such as half a surrogate pair.
            throw new SchemaException(["It holds a string that is not Unicode."]);
        }
    }

    private static ReportSchema Read(JsonElement root)
    {
        List<string> mistakes = [];
        JsonMembers members = new(root, "schema", mistakes);
        SchemaHeader header = Header(members);
        Dictionary<string, string[]> catalogues = members.ReadAll("catalogues", "catalogues");
        List<UsageField> fields = [];
        foreach ((int index, JsonElement element) in members.Items("fields", isRequired: true).Index())
        {
            JsonMembers member = new(element, $"field {index + 1}", mistakes);
            if (Field(member, catalogues) is { } field)
            {
                fields.Add(field);
            }

            member.RefuseOthers();
        }

        members.RefuseOthers();
        return mistakes.Count == 0 ? ReportSchema.Create(header, fields) : throw new SchemaException(mistakes);
    }

    private static SchemaHeader Header(JsonMembers members) => new()
    {
        Product = members.Text("product") ?? "",
        Operator = members.OptionalText("operator"),
        Contact = members.OptionalText("contact"),
        Access = members.Words("access"),
        Promise = members.OptionalText("promise"),
        MoreInformation = members.OptionalAddress("moreInformation"),
        MaxBytes = (int)Math.Clamp(members.Number("maxBytes"), 0, int.MaxValue),
        WindowDays = (int)Math.Clamp(members.Number("windowDays"), -1, int.MaxValue),
        Identity = Identity(members),
        Pairs = [.. members.WordLists("pairs").Select(words => Pair(words, members)).OfType<FieldPair>()],
    };

    private static FieldPair? Pair(string[] words, JsonMembers members)
    {
        if (words is [string rows, string columns])
        {
            return new FieldPair(rows, columns);
        }

        members.AddMistake("pairs must hold the names of two fields each");
        return null;
    }

    private static ReportIdentity Identity(JsonMembers members)
    {
        JsonMembers identity = members.Object("identity");
        IdentityKind kind = identity.Name<IdentityKind>("kind") ?? IdentityKind.None;
        ReportIdentity read = kind == IdentityKind.None ? ReportIdentity.None : new ReportIdentity
        {
            Kind = kind,
            Name = identity.Text("name") ?? "",
            Label = identity.Text("label") ?? "",
            Purpose = identity.Text("purpose") ?? "",
            Rotates = kind == IdentityKind.Rotating
                ? identity.Name<RotationPeriod>("rotates") ?? RotationPeriod.Week
                : RotationPeriod.Week,
        };
        identity.RefuseOthers();
        return read;
    }

    private static UsageField? Field(JsonMembers members, Dictionary<string, string[]> catalogues)
    {
        string name = members.Text("name") ?? "";
        members.Path = name.Length > 0 ? name : members.Path;
        string label = members.Text("label") ?? "";
        string purpose = members.Text("purpose") ?? "";
        UsageLevel level = members.Name<UsageLevel>("level") ?? UsageLevel.None;
        bool required = members.Flag("required", absent: false);
        bool publish = members.Flag("publish", absent: true);
        string? detailOf = members.OptionalText("detailOf");

        UsageField? field = members.Name<UsageFieldKind>("kind") switch
        {
            UsageFieldKind.Flag => UsageField.Flag(name, label, purpose),
            UsageFieldKind.Word => UsageField.Word(name, label, purpose, Vocabulary(members, catalogues)),
            UsageFieldKind.Bucket => UsageField.Bucket(name, label, purpose, members.Numbers("bounds")),
            UsageFieldKind.Count => UsageField.Count(
                name, label, purpose, members.Number("minimum"), members.Number("maximum")),
            UsageFieldKind.Version => UsageField.Version(name, label, purpose, Parts(members)),
            UsageFieldKind.Date => UsageField.Date(name, label, purpose),
            UsageFieldKind.Text => UsageField.Text(
                name, label, purpose, members.Text("pattern") ?? "", (int)Math.Clamp(members.Number("maxLength"), 0, int.MaxValue)),
            UsageFieldKind.Set => UsageField.Set(name, label, purpose, Vocabulary(members, catalogues)),
            UsageFieldKind.Counts => UsageField.Counts(
                name, label, purpose, Vocabulary(members, catalogues), members.Number("minimum"), members.Number("maximum")),
            UsageFieldKind.Versions => UsageField.Versions(
                name, label, purpose, Vocabulary(members, catalogues), Parts(members)),
            _ => null,
        };
        return field is null
            ? null
            : field with { Level = level, Required = required, Publish = publish, DetailOf = detailOf };
    }

    private static Vocabulary Vocabulary(JsonMembers members, Dictionary<string, string[]> catalogues)
    {
        if (members.OptionalText("catalogue") is not { } name)
        {
            return UsageReporting.Vocabulary.Of(members.Words("values"));
        }

        if (!catalogues.TryGetValue(name, out string[]? words))
        {
            members.AddMistake($"the catalogue \"{name}\" is not among the schema's catalogues");
        }

        return UsageReporting.Vocabulary.Catalogue(name, words ?? []);
    }

    private static int? Parts(JsonMembers members) =>
        members.OptionalNumber("parts") is { } parts ? (int)Math.Clamp(parts, 0, int.MaxValue) : null;
}
