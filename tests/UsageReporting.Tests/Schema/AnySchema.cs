using FsCheck;
using FsCheck.Fluent;

namespace UsageReporting.Tests.Schema;

/// <summary>Schemas that are mostly right: strange texts, numbers at their edges, now and then a mistake.</summary>
internal static class AnySchema
{
    private const string Purpose = "Why.";

    private static readonly Gen<string> Texts = Mostly(
        ["Label", "Größe", "1000–9999", "\"quoted\\", "a/b <c> & 'd'", "日本語", "e\u0301", "smile \ud83d\ude00", "~", "ﬀ"],
        ["half \ud83d", "two\nlines", ""]);

    private static readonly Gen<long> Numbers = Mostly(
        [0, 1, -1, 99, int.MaxValue, (1L << 53) - 1, -((1L << 53) - 1)], [long.MinValue, long.MaxValue, 1L << 53]);

    private static readonly Gen<Vocabulary> Vocabularies = Mostly<Vocabulary>(
        [
            ["one"], ["stable", "beta", "dev"], ["1.0", "~", "!", "\\", "a,b"],
            Vocabulary.Catalogue("plugins", ["napari-svg", "btrack"]), Vocabulary.Catalogue("empty", []),
        ],
        [["twice", "twice"], []]);

    private static readonly Gen<int?> Parts = Mostly<int?>([null, 2, 3, 4], [5]);

    public static Arbitrary<(SchemaHeader Header, UsageField[] Fields)> Arbitrary { get; } = (
        from header in Headers()
        from count in Gen.Choose(0, 8)
        from fields in Gen.CollectToSequence(Enumerable.Range(1, count), Field)
        select (header, fields.ToArray())).ToArbitrary();

    private static Gen<SchemaHeader> Headers() =>
        from identity in Identities()
        from contact in Texts.OrNull()
        from access in Gen.ListOf(Texts, 2)
        from page in Mostly<string?>(
            [null, "https://example.org", "http://bücher.example/ä?q=%41#x"], ["ftp://example.org"])
        from maxBytes in Mostly([256, 4_096, 65_536], [255])
        from windowDays in Mostly([0, 7, 366], [367])
        select new SchemaHeader
        {
            Product = "app",
            Contact = contact,
            Access = [.. access],
            MoreInformation = page is null ? null : new Uri(page),
            MaxBytes = maxBytes,
            WindowDays = windowDays,
            Identity = identity,
        };

    private static Gen<ReportIdentity> Identities() =>
        from kind in Gen.Elements(Enum.GetValues<IdentityKind>())
        from name in Mostly(["uuid", "installation.id"], ["received"])
        from rotates in Gen.Elements(Enum.GetValues<RotationPeriod>())
        select new ReportIdentity { Kind = kind, Name = name, Rotates = rotates };

    private static Gen<UsageField> Field(int number) =>
        from path in Gen.Elements("", "group.", "a.b.c.")
        from field in Kind($"{path}field_{number}")
        from level in Gen.Elements(UsageLevel.Basic, UsageLevel.Middle, UsageLevel.Full)
        from required in Gen.Elements(true, false)
        from publish in Gen.Elements(true, false)
        from parent in Mostly<string?>([null], ["field_1"])
        select field with { Level = level, Required = required, Publish = publish, DetailOf = parent };

    private static Gen<UsageField> Kind(string name) =>
        from label in Texts
        from words in Vocabularies
        from minimum in Numbers
        from maximum in Numbers
        from parts in Parts
        from bounds in Mostly<long[]>([[0], [0, 1], [1, 100, (1L << 53) - 1]], [[], [5, 5], [-1, 0]])
        from pattern in Mostly(["[a-z]+", "a|b", "\\\\", "\"", "[^/<>&]*"], ["[", "(?x)a#"])
        from field in Gen.Elements<UsageField>(
            UsageField.Flag(name, label, Purpose),
            UsageField.Word(name, label, Purpose, words),
            UsageField.Bucket(name, label, Purpose, bounds),
            UsageField.Count(name, label, Purpose, minimum, maximum),
            UsageField.Version(name, label, Purpose, parts),
            UsageField.Date(name, label, Purpose),
            UsageField.Text(name, label, Purpose, pattern, 8),
            UsageField.Set(name, label, Purpose, words),
            UsageField.Counts(name, label, Purpose, words, Math.Min(minimum, maximum), Math.Max(minimum, maximum)),
            UsageField.Versions(name, label, Purpose, words, parts))
        select field;

    private static Gen<T> Mostly<T>(T[] right, T[] wrong) =>
        Gen.Frequency((60, Gen.Elements(right)), (1, Gen.Elements(wrong)));
}
