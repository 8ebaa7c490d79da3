using FsCheck;
using FsCheck.Fluent;
using UsageReporting.Server.Rollups;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>Installations of products with each kind of identity, which report every kind of field, in one week.</summary>
internal static class AnyInstallations
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    public static readonly string[] Words = ["a", "b", "c", "d", "other"];

    private static readonly string[] Versions = ["1.0", "1.1", "2.0", "2.1-beta", "3.0"];

    private static readonly UsageField[] Fields =
    [
        UsageField.Word("word", "Word", "A word, one of which is called other.", [.. Words]),
        UsageField.Flag("flag", "Flag", "A flag."),
        UsageField.Bucket("bucket", "Bucket", "A bucket.", [0, 10, 100, 1_000]),
        UsageField.Version("version", "Version", "A version."),
        UsageField.Text("text", "Text", "A text.", "[a-z]*", 8),
        UsageField.Date("date", "Date", "A date."),
        UsageField.Set("set", "Set", "Several words.", [.. Words]),
        UsageField.Counts("counts", "Counts", "Numbers of words.", [.. Words], 0, 10),
        UsageField.Versions("versions", "Versions", "Versions of words.", [.. Words]),
        UsageField.Count("count", "Count", "A number.", 0, 10),
        UsageField.Text("secret", "Secret", "Not for the public.", "[a-z]*", 8) with { Publish = false },
    ];

    public static ReportSchema Stable { get; } = Of(new ReportIdentity());

    public static ReportSchema Rotating { get; } = Of(
        new ReportIdentity { Kind = IdentityKind.Rotating },
        IdentityFields.Period(RotationPeriod.Week),
        IdentityFields.FirstInMonth(),
        IdentityFields.FirstReport());

    public static ReportSchema None { get; } = Of(
        ReportIdentity.None, IdentityFields.Nonce(), IdentityFields.FirstInWeek(), IdentityFields.FirstInMonth(), IdentityFields.FirstEver());

    public static Gen<Sample> Any =>
        from schema in Gen.Elements(Stable, Rotating, None)
        from count in Gen.Choose(0, 90)
        from weights in Gen.Choose(0, 100).ListOf(5)
        from silent in Gen.Choose(0, 20)
        from reports in Gen.Choose(0, 99).ListOf(24).ListOf(count)
        select new Sample(schema, [.. reports.Index().Select(r => Report(schema, r.Index, [.. r.Item], [.. weights], silent))]);

    private static ReportSchema Of(ReportIdentity identity, params ReadOnlySpan<UsageField> reserved) => ReportSchema.Create(
        new SchemaHeader
        {
            Product = "paperless-ngx", Identity = identity, Pairs = [new FieldPair("version", "bucket"), new FieldPair("word", "flag")],
        },
        [.. reserved, .. Fields]);

    // Skewed, so that large, small and missing cells come together in every way.
    private static StoredReport Report(ReportSchema schema, int number, int[] random, int[] weights, int silent)
    {
        int Pick(int i) => weights.Index().Select(w => (random[i] * (w.Item + 1) % 101, w.Index)).Max().Index;
        string[] Several(int i, int step) => [.. Words.Where((_, w) => random[i] * (w + step) % 100 < weights[w])];
        (string, object)[] all =
        [
            ("word", Words[Pick(0)]),
            ("flag", random[1] < weights[0]),
            ("bucket", new[] { "0-9", "10-99", "100-999", "1000+" }[Pick(2) % 4]),
            ("version", Versions[Pick(3)]),
            ("text", new string('t', Pick(4))),
            ("date", $"2026-{Pick(5) + 1:00}-{(random[6] % 28) + 1:00}T12:00:00Z"),
            ("set", Several(7, 3)),
            ("counts", Several(8, 7).Select(word => (word, random[9] % 11)).ToArray()),
            ("versions", Several(10, 5).Select(word => (word, Versions[random[11] % (1 + Pick(12))])).ToArray()),
            ("count", random[13] % 11),
        ];
        // What says how a report is counted.
        (string, object)[] reserved =
        [
            ("period", "2026-W47"),
            ("first_in_week", random[14] < 80),
            ("first_in_month", random[15] < 60),
            ("first_report", random[16] < weights[1]),
            ("first_ever", random[16] < weights[1]),
            ("secret", "s"),
        ];
        (string Field, object Value)[] values =
        [
            .. all.Where((_, i) => random[i] >= silent), .. reserved.Where(value => schema.Find(value.Item1) is not null),
        ];
        StoredReport report = TestStored.Of(
            schema,
            Monday.AddHours(random[17]),
            schema.Header.Identity.Kind == IdentityKind.None ? null : new Guid(number, 0, 0, new byte[8]),
            values);
        report.IsHeld = random[18] * weights[2] > 5_000;
        report.FirstSeen = DateOnly.FromDateTime(Monday.UtcDateTime).AddDays(random[19] < weights[3] ? 0 : -random[20]);
        return report;
    }
}
