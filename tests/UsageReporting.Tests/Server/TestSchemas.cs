namespace UsageReporting.Tests.Server;

/// <summary>Schemas that only the server's tests need.</summary>
internal static class TestSchemas
{
    /// <summary>A field of every kind, some of them below a path, none required but the flag.</summary>
    public static ReportSchema AllKinds { get; } = ReportSchema.Create(
        new SchemaHeader { Product = "all-kinds", MaxBytes = 65_536 },
        [
            UsageField.Flag("flag", "Flag", "A flag.") with { Required = true },
            UsageField.Word("word", "Word", "A word.", ["one", "two"]),
            UsageField.Bucket("bucket", "Bucket", "A bucket.", [0, 10, 100]),
            UsageField.Count("place.count", "Count", "A count.", -5, 9_007_199_254_740_991),
            UsageField.Version("place.version", "Version", "A version."),
            UsageField.Date("place.date", "Date", "A date."),
            UsageField.Text("text", "Text", "A text.", "[a-z ]*", 20),
            UsageField.Set("set", "Set", "A set.", ["red", "green", "blue"]),
            UsageField.Counts("place.deep.counts", "Counts", "Counts.", ["red", "green"], 0, 10),
            UsageField.Versions("versions", "Versions", "Versions.", Vocabulary.Catalogue("plugins", ["a", "b"]), 3),
        ]);

    /// <summary>An id that rotates weekly; where nothing lasts there is none.</summary>
    public static ReportSchema Rotating { get; } = ReportSchema.Create(
        new SchemaHeader { Product = "rotating", Identity = new ReportIdentity { Kind = IdentityKind.Rotating } },
        [
            IdentityFields.Period(RotationPeriod.Week),
            IdentityFields.Nonce(),
            IdentityFields.Ephemeral(),
            IdentityFields.ErasureKey(),
            IdentityFields.FirstReport(),
        ]);

    /// <summary>A report of it, in the week of 2026-05-18.</summary>
    public const string RotatingReport = """{"uuid":"a1b2c3d4-e5f6-8890-abcd-ef1234567890","period":"2026-W21"}""";

    /// <summary>No id at all.</summary>
    public static ReportSchema NoId { get; } = ReportSchema.Create(
        new SchemaHeader { Product = "no-id", Identity = ReportIdentity.None },
        [
            IdentityFields.Nonce(),
            IdentityFields.FirstInWeek(),
            IdentityFields.FirstInMonth(),
            IdentityFields.FirstEver(),
        ]);

    /// <summary>A report of it.</summary>
    public const string NoIdReport = """{"nonce":"00112233445566778899aabbccddeeff","first_in_week":true}""";

    /// <summary>Values that many share, two of them a pair, of a product that is called for the kind of its identity.</summary>
    public static ReportSchema Counted(IdentityKind kind) => ReportSchema.Create(
        new SchemaHeader
        {
            Product = $"counted-{kind}".ToLowerInvariant(),
            Identity = kind == IdentityKind.None ? ReportIdentity.None : new ReportIdentity { Kind = kind },
            Pairs = [new FieldPair("word", "bucket")],
        },
        [
            .. kind switch
            {
                IdentityKind.Stable => Array.Empty<UsageField>(),
                IdentityKind.Rotating => [IdentityFields.Period(RotationPeriod.Week), IdentityFields.FirstInMonth(), IdentityFields.FirstReport()],
                _ => [IdentityFields.Nonce(), IdentityFields.FirstInWeek(), IdentityFields.FirstInMonth(), IdentityFields.FirstEver()],
            },
            UsageField.Word("word", "Word", "A word.", ["one", "two"]),
            UsageField.Bucket("bucket", "Bucket", "A bucket.", [0, 10]),
            UsageField.Versions("plugins", "Plugins", "Versions of plugins.", ["a", "b"], 2),
        ]);

    /// <summary>An id that every schema takes.</summary>
    public const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";

    /// <summary>Document 000's example, with the id above.</summary>
    public const string PaperlessReport =
        $$"""
        {"uuid":"{{Id}}","version":"2.15.0","channel":"beta","commit":"bd86dca57","build_date":"2026-05-18T12:00:00Z",
        "install_type":"docker","arch":"x86_64","python":"3.12.1","database":"postgresql","doc_bucket":"1000-9999",
        "multi_user":true,"feature_mail":true,"feature_ai":false}
        """;
}
