using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Validation;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Validation;

/// <summary>
/// Bad reports, each refused with all that is wrong. A test that stands for a numbered case of the list of bad inputs
/// has its number at the beginning of its name and as its property <c>Case</c>.
/// </summary>
public sealed class ReportValidatorTests
{
    private const string Whole = ReportErrors.WholeReport;
    private const string Good = TestSchemas.PaperlessReport;

    private static readonly ReportValidator Paperless = new(SeedSchemas.PaperlessNgx, TimeProvider.System);

    private static IEnumerable<TestCaseData> BadReports =>
    [
        Bad(1, "NoBytes", "", Whole),
        Bad(2, "Null", "null", Whole),
        Bad(3, "Array", "[]", Whole),
        Bad(3, "Number", "5", Whole),
        Bad(3, "String", "\"x\"", Whole),
        Bad(3, "True", "true", Whole),
        Bad(4, "2000NestedArrays", new string('[', 2_000), Whole),
        Bad(4, "2000NestedArraysInAnUnknownField", "{\"x\":" + new string('[', 2_000), Whole),
        Bad(5, "1000NestedObjects", string.Concat(Enumerable.Repeat("{\"a\":", 1_000)), Whole),
        Bad(6, "KeyTwice", With("\"arch\":\"x\""), "arch"),
        Bad(6, "UnknownKeyTwice", With("\"x\":1,\"x\":1"), Whole),
        Bad(6, "NestedUnknownKeyTwice", With("\"x\":[{\"y\":1,\"y\":2}]"), Whole),
        Bad(7, "KeyInOtherCase", With("\"Arch\":\"x\""), "arch"),
        Bad(8, "KeyTwiceOnceEscaped", With("\"\\u0061rch\":\"x\""), "arch"),
        Bad(8, "UnknownKeyTwiceOnceEscaped", With("\"x\":1,\"\\u0078\":1"), Whole),
        Bad(9, "ByteOrderMark", "\uFEFF" + Good, Whole),
        Bad(12, "LoneSurrogateInValue", Replacing("x86_64", "\\ud800"), "arch"),
        Bad(12, "LoneSurrogateInUnknownValue", With("\"x\":\"\\ud800x\""), Whole),
        Bad(12, "LoneSurrogateInUnknownKey", With("\"\\udc00\":1"), Whole),
        Bad(13, "NulInValue", Replacing("x86_64", "x\\u0000"), "arch"),
        Bad(13, "NulInUnknownKey", With("\"x\\u0000\":1"), Whole),
        Bad(13, "NulInUnknownValue", With("\"x\":[\"\\u0000\"]"), Whole),
        Bad(14, "RawControlCharacter", Replacing("x86_64", "x\u0001"), Whole),
        Bad(15, "LineBreak", Replacing("x86_64", "x86\\r\\n"), "arch"),
        Bad(15, "AnsiEscape", Replacing("x86_64", "\\u001b[31m"), "arch"),
        Bad(16, "BidirectionalOverride", Replacing("beta", "\u202Ebeta"), "channel"),
        Bad(16, "ZeroWidthSpace", Replacing("x86_64", "x86\u200B_64"), "arch"),
        Bad(16, "Homoglyph", Replacing("docker", "d\u043Ecker"), "install_type"),
        Bad(17, "Decomposed", Replacing("x86_64", "e\u0301"), "arch"),
        Bad(17, "Composed", Replacing("x86_64", "\u00E9"), "arch"),
        Bad(21, "Comment", "{/**/" + Good[1..], Whole),
        Bad(21, "TrailingComma", Good[..^1] + ",}", Whole),
        Bad(22, "TrailingGarbage", Good + "x", Whole),
        Bad(22, "TwoDocuments", Good + Good, Whole),
        Bad(27, "ArrayForAScalar", Replacing("\"x86_64\"", "[\"x86_64\"]"), "arch"),
        Bad(27, "ObjectForAScalar", Replacing("\"x86_64\"", "{\"arch\":\"x86_64\"}"), "arch"),
        Bad(28, "Sql", Replacing("x86_64", "'; DROP TABLE reports;--"), "arch"),
        Bad(28, "Format", Replacing("x86_64", "%s%n"), "arch"),
        Bad(28, "Template", Replacing("x86_64", "{{7*7}}"), "arch"),
        Bad(28, "Lookup", Replacing("x86_64", "${jndi:ldap://x}"), "arch"),
        Bad(29, "Html", Replacing("x86_64", "<b>x</b>"), "arch"),
        Bad(29, "Script", Replacing("bd86dca57", "<script>alert(1)</script>"), "commit"),
        Bad(31, "Formula", Replacing("x86_64", "=cmd|' /C calc'!A0"), "arch"),
        Bad(31, "Comma", Replacing("x86_64", "x86,64"), "arch"),
        Bad(31, "Semicolon", Replacing("x86_64", "x86;64"), "arch"),
        Bad(31, "Tab", Replacing("x86_64", "x86\\t64"), "arch"),
        Bad(31, "Quote", Replacing("x86_64", "x86\\\"64"), "arch"),
        Bad(31, "Pipe", Replacing("bd86dca57", "a|b"), "commit"),
        Bad(45, "PreReleaseInOtherLetters", Replacing("2.15.0", "1.2.3-rc+\u00E9"), "version"),
        Bad(45, "VersionOf300Characters", Replacing("2.15.0", "1.2." + new string('3', 296)), "version"),
        Bad(45, "VersionWithPrefix", Replacing("2.15.0", "v2.15.0"), "version"),
        Bad(45, "VersionOfTwoParts", Replacing("2.15.0", "2.15"), "version"),
        Bad(45, "VersionInOtherDigits", Replacing("2.15.0", "\u0662.1.0"), "version"),
        Bad(45, "VersionAndLineBreak", Replacing("2.15.0", "2.15.0\\n"), "version"),
        Bad(47, "BucketOfAnotherShape", Replacing("1000-9999", "1000-1999"), "doc_bucket"),
        Bad(47, "CountForABucket", Replacing("\"1000-9999\"", "1234"), "doc_bucket"),
        Bad(48, "UnknownChannel", Replacing("beta", "nightly"), "channel"),
        Bad(48, "WordInOtherCase", Replacing("docker", "Docker"), "install_type"),
    ];

    private static IEnumerable<TestCaseData> GoodReports =>
    [
        Accepted(23, "MagicNames", With("\"__proto__\":{\"x\":1},\"$type\":\"System.IO.FileInfo\",\"$ref\":\"#\"")),
        Accepted(24, "UnknownFields", With("\"x\":1,\"y\":{\"arch\":[1,null,{}]}")),
        Accepted(25, "10000UnknownFields", With(string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"{i}\":0")))),
        Accepted(26, "KeyOf4095Bytes", With($"\"{new string('k', 4_095)}\":0")),
        Accepted(33, "Padding", Good + new string(' ', 4_000)),
        Accepted(34, "TimesAndIdOfTheClient", With("\"received\":\"1999-01-01T00:00:00Z\",\"id\":-1,\"country\":\"DE\"")),
        Accepted(45, "HugeVersion", Replacing("2.15.0", "999999.0.0")),
        Accepted(45, "ZeroVersion", Replacing("2.15.0", "0.0.0")),
        Accepted(45, "PreReleaseVersion", Replacing("2.15.0", "1.2.3-rc.1+build.5")),
        Accepted(46, "ImpossibleCombination", Replacing("x86_64", "vax").Replace("docker", "homebrew", StringComparison.Ordinal)),
    ];

    private static IEnumerable<TestCaseData> BadCounts =>
    [
        Count(18, "Fraction", "1.0"),
        Count(18, "Exponent", "1e2"),
        Count(18, "TooLargeForADouble", "1e999"),
        Count(19, "2^63", "9223372036854775808"),
        Count(19, "2^64", "18446744073709551616"),
        Count(19, "400Digits", new string('9', 400)),
        Count(20, "NumericString", "\"3\""),
        Count(47, "BelowTheMinimum", "-6"),
        Count(47, "AboveTheMaximum", "9007199254740992"),
    ];

    [TestCaseSource(nameof(BadReports))]
    public void Validate_Bad(byte[] body, string field) =>
        Assert.That(ErrorsOf(Paperless.Validate(body)).Keys, Is.EqualTo(new[] { field }));

    [TestCaseSource(nameof(GoodReports))]
    public void Validate_Good(byte[] body) =>
        Assert.That(ErrorsOf(Paperless.Validate(body)), Is.Empty);

    [TestCase("utf-16"), TestCase("utf-32"), Property("Case", 10)]
    public void Validate_OtherEncoding_IsRefused(string encoding) =>
        Assert.That(
            ErrorsOf(Paperless.Validate(Encoding.GetEncoding(encoding).GetBytes(Good))).Keys, Is.EqualTo(new[] { Whole }));

    [Test, Property("Case", 11)]
    public void Validate_InvalidUtf8InAnUnknownField_IsRefused([Values(0xC0, 0xFF, 0x80)] byte bad)
    {
        byte[] body = Encoding.UTF8.GetBytes(With("\"x\":\"?\""));
        body[Array.LastIndexOf(body, (byte)'?')] = bad;

        Assert.That(ErrorsOf(Paperless.Validate(body)).Keys, Is.EqualTo(new[] { Whole }));
    }

    [TestCaseSource(nameof(BadCounts))]
    public void Validate_BadCount(string count) =>
        Assert.That(ErrorsOf(AllKinds($"\"place\":{{\"count\":{count}}}")).Keys, Is.EqualTo(new[] { "place.count" }));

    [TestCase("NaN"), TestCase("Infinity"), TestCase("01"), Property("Case", 18)]
    public void Validate_NotAJsonNumber_IsRefused(string count) =>
        Assert.That(ErrorsOf(AllKinds($"\"place\":{{\"count\":{count}}}")).Keys, Is.EqualTo(new[] { Whole }));

    [Test, Property("Case", 18)]
    public void Validate_MinusZero_IsZero()
    {
        using Report report = Accept(AllKinds("\"place\":{\"count\":-0}"));

        Assert.That(report[4].Number, Is.Zero);
    }

    [TestCase("\"true\""), TestCase("1"), TestCase("\"yes\""), TestCase("[]")]
    public void Validate_FlagOfAnotherType_IsRefused(string flag) =>
        Assert.That(
            ErrorsOf(Paperless.Validate(Utf8(With("\"x\":0").Replace("\"multi_user\":true", $"\"multi_user\":{flag}", StringComparison.Ordinal)))).Keys,
            Is.EqualTo(new[] { "multi_user" }));

    [Test]
    public void Validate_Null_IsRefusedAlsoForAnOptionalField() =>
        Assert.That(
            ErrorsOf(Paperless.Validate(Utf8(Replacing("\"bd86dca57\"", "null"))))["commit"],
            Is.EqualTo(new[] { Expectations.NotNull }));

    [TestCase("\"set\":[\"red\",\"red\"]", "set"), TestCase("\"set\":[\"black\"]", "set"), TestCase("\"set\":[1]", "set")]
    [TestCase("\"set\":[[\"red\"]]", "set"), TestCase("\"set\":\"red\"", "set"), TestCase("\"set\":{\"red\":1}", "set")]
    [TestCase("\"place\":{\"deep\":{\"counts\":{\"red\":11}}}", "place.deep.counts")]
    [TestCase("\"place\":{\"deep\":{\"counts\":{\"red\":1,\"\\u0072ed\":2}}}", "place.deep.counts")]
    [TestCase("\"place\":{\"deep\":{\"counts\":{\"Red\":1}}}", "place.deep.counts")]
    [TestCase("\"place\":{\"deep\":{\"counts\":[]}}", "place.deep.counts"), TestCase("\"place\":{\"deep\":1}", "place.deep")]
    [TestCase("\"place\":[]", "place"), TestCase("\"place\":null", "place")]
    [TestCase("\"versions\":{\"a\":\"1.0\"}", "versions"), TestCase("\"versions\":{\"c\":\"1.0.0\"}", "versions")]
    [TestCase("\"versions\":{\"a\":null}", "versions"), TestCase("\"versions\":{\"a\":{}}", "versions")]
    [TestCase("\"text\":\"123456789012345678901\"", "text"), TestCase("\"place\":{\"date\":\"2026-05-18\"}", "place.date")]
    [TestCase("\"place\":{\"date\":\"2026-05-18T12:00:00+02:00\"}", "place.date")]
    [TestCase("\"place\":{\"date\":\"2026-02-30T12:00:00Z\"}", "place.date"), Property("Case", 27)]
    public void Validate_OtherThanDeclared_IsRefused(string member, string field) =>
        Assert.That(ErrorsOf(AllKinds(member)).Keys, Is.EqualTo(new[] { field }));

    [Test]
    public void Validate_LongEscapedStrings_FitIntoTheReportsText() =>
        Assert.That(
            ErrorsOf(AllKinds($"\"text\":\"\\n{new string('a', 65_000)}\",\"word\":\"\\n{new string('a', 65_000)}\"")).Keys,
            Is.EqualTo(new[] { "text", "word" }));

    [Test]
    public void Validate_EveryKind_KeepsEveryValue()
    {
        using Report report = Accept(AllKinds("""
            "word":"t\u0077o","bucket":"10-99","text":"","set":["blue","red"],"versions":{"b":"1.2.3"},
            "place":{"date":"2026-05-18T12:00:00.999Z","count":-5,"version":"1.2","deep":{"counts":{"green":0,"red":10}}}
            """));

        Assert.Multiple(() =>
        {
            Assert.That(TextAt(report, Report.IdSlot), Is.EqualTo(TestSchemas.Id));
            Assert.That(report[1].Number, Is.EqualTo(1));
            Assert.That(TextAt(report, 2), Is.EqualTo("two"));
            Assert.That(TextAt(report, 3), Is.EqualTo("10-99"));
            Assert.That(report[4].Number, Is.EqualTo(-5));
            Assert.That(TextAt(report, 5), Is.EqualTo("1.2"));
            Assert.That(TextAt(report, 6), Is.EqualTo("2026-05-18T12:00:00Z"));
            Assert.That(report[7], Has.Property(nameof(FieldValue.IsPresent)).True.And.Property(nameof(FieldValue.Length)).Zero);
            Assert.That(
                report.Entries.ToArray().Select(e => (e.Slot, e.Word, e.Value.IsText ? Read(report, e.Value) : $"{e.Value.Number}")),
                Is.EqualTo(new[] { (8, "blue", "0"), (8, "red", "0"), (10, "b", "1.2.3"), (9, "green", "0"), (9, "red", "10") }));
        });
    }

    [Test]
    public void Validate_ManyMistakes_NamesAllOfThem()
    {
        IReadOnlyDictionary<string, string[]> errors = ErrorsOf(Paperless.Validate(Utf8(
            """{"uuid":"x","version":2,"channel":null,"Arch":"x86_64","commit":"c","commit":"","x":1,"x":2}""")));

        Assert.That(errors, Is.EquivalentTo(new Dictionary<string, string[]>
        {
            ["uuid"] = [Expectations.Id(new ReportIdentity())],
            ["version"] = ["Must be a version: 3 numbers with dots between them and an optional SemVer suffix."],
            ["channel"] = [Expectations.NotNull],
            ["arch"] = [Expectations.Misspelt],
            ["commit"] = [Expectations.Repeated, "Must be text of at most 64 ASCII characters that matches [A-Za-z0-9][A-Za-z0-9._+-]*."],
            [Whole] = [Expectations.UnknownRepeated],
            ["install_type"] = [Expectations.Missing],
        }));
    }

    [Test, Property("Case", 24)]
    public void Validate_UnknownFields_AreCounted()
    {
        using Report report = Accept(Paperless.Validate(Utf8(With("\"x\":1,\"y\":{\"z\":[{\"deep\":0}],\"w\":2},\"received\":0"))));

        Assert.That(report.UnknownFields, Is.EqualTo(3));
    }

    [Test]
    public void Validate_GoodReport_AllocatesLittle()
    {
        byte[] body = Utf8(Good);

        // Code that is not yet compiled with optimisations allocates more; the runtime does so in its own time.
        Stopwatch waited = Stopwatch.StartNew();
        long bytes;
        do
        {
            bytes = AllocatedBy(1_000, () => Accept(Paperless.Validate(body)).Dispose());
        }
        while (bytes > 300 && waited.Elapsed < TimeSpan.FromSeconds(20));

        TestContext.Out.WriteLine($"{bytes} bytes a report");
        Assert.That(bytes, Is.LessThanOrEqualTo(300));
    }

    [Test]
    public void Limits_OfTheServer_AreThoseOfTheSchema() =>
        Assert.Multiple(() =>
        {
            Assert.That(ServerLimits.Entries, Is.EqualTo(Core.Schema.SchemaLimits.Entries));
            Assert.That(ServerLimits.Depth, Is.EqualTo(Core.Schema.SchemaLimits.Depth));
            Assert.That(ServerLimits.LargestReport, Is.EqualTo(Core.Schema.SchemaLimits.LargestReport));
            Assert.That(ServerLimits.TextLength, Is.EqualTo(Core.Schema.SchemaLimits.TextLength));
        });

    private static long AllocatedBy(int times, Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / times;
    }

    private static string With(string members) => $"{Good[..^1]},{members}}}";

    private static string Replacing(string value, string other) => Good.Replace(value, other, StringComparison.Ordinal);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static ValidationResult AllKinds(string member) =>
        new ReportValidator(TestSchemas.AllKinds, TimeProvider.System).Validate(Utf8($"{{\"uuid\":\"{TestSchemas.Id}\",\"flag\":true,{member}}}"));

    private static Report Accept(ValidationResult result) => ((ValidationResult.Valid)result).Report;

    private static string TextAt(Report report, int slot) => Read(report, report[slot]);

    private static string Read(Report report, FieldValue value) => Encoding.UTF8.GetString(report.Text(value));

    private static Dictionary<string, string[]> ErrorsOf(ValidationResult result)
    {
        if (result is ValidationResult.Invalid invalid)
        {
            return new(invalid.Errors.Sentences);
        }

        Accept(result).Dispose();
        return [];
    }

    private static TestCaseData Bad(int number, string what, string json, string field) =>
        Case(number, $"{what}_IsRefused", json, field);

    private static TestCaseData Accepted(int number, string what, string json) => Case(number, $"{what}_IsAccepted", json);

    private static TestCaseData Count(int number, string what, string count) =>
        new TestCaseData(count).SetName($"Case{number:00}_Validate_{what}_IsNotACount").SetProperty("Case", number);

    private static TestCaseData Case(int number, string what, string json, params object[] rest) =>
        new TestCaseData([Utf8(json), .. rest])
            .SetName($"Case{number:00}_Validate_{what}")
            .SetProperty("Case", number);
}
