using System.Text;
using NUnit.Framework;
using VerifyNUnit;

namespace UsageReporting.Tests.Schema;

public sealed class ReportSchemaMistakesTests
{
    private static readonly string LongText = new('x', 301);

    [Test]
    public Task Create_EverythingWrong_NamesEveryMistake()
    {
        SchemaHeader header = new()
        {
            Product = "Paperless NGX",
            Operator = "",
            Contact = "two\nlines",
            Promise = LongText,
            Access = ["fine", "\u202Egnorw"],
            MoreInformation = new Uri("ftp://example.org/"),
            MaxBytes = 255,
            WindowDays = 367,
            Identity = new ReportIdentity { Name = "Uuid", Label = " ", Purpose = "" },
        };
        UsageField[] fields =
        [
            UsageField.Flag("Upper", "", ""),
            UsageField.Flag("a.b.c.d.e", "Too deep", "Why."),
            UsageField.Flag("a..b", "An empty part", "Why."),
            UsageField.Flag(new string('a', 64), "Too long a name", "Why."),
            UsageField.Flag("9lives", "A digit first", "Why."),
            UsageField.Flag("flag", new string('x', 41), LongText),
            UsageField.Flag("half", "Half a pair \uD83D", "Why."),
            UsageField.Flag("escape", "An escape \u001B[31m", "Why."),
            UsageField.Flag("received", "Of the server", "Why."),
            UsageField.Flag("id", "Of the server", "Why."),
            UsageField.Flag("nonce", "Of another kind", "Why."),
            UsageField.Flag("never", "No level", "Why.") with { Level = UsageLevel.None },
            UsageField.Flag("beyond", "No such level", "Why.") with { Level = (UsageLevel)9 },
            UsageField.Flag("orphan", "Detail of nothing", "Why.") with { DetailOf = "nothing" },
            UsageField.Flag("own", "Detail of itself", "Why.") with { DetailOf = "own" },
            UsageField.Flag("grandchild", "Detail of a detail", "Why.") with { DetailOf = "orphan" },
            UsageField.Word("no_words", "No words", "Why.", []),
            UsageField.Word("bad_words", "Bad words", "Why.", ["", "two words", "it's", "\"", "é"]),
            UsageField.Set("twice", "Twice", "Why.", ["one", "two", "one"]),
            UsageField.Set("bad_catalogue", "Bad catalogue", "Why.", Vocabulary.Catalogue("No Name", [])),
            UsageField.Versions("plugins", "Plugins", "Why.", Vocabulary.Catalogue("plugins", ["one"]), parts: 5),
            UsageField.Set("others", "Plugins", "Why.", Vocabulary.Catalogue("plugins", ["two"])),
            UsageField.Version("version", "Version", "Why.", parts: 1),
            UsageField.Count("count", "Count", "Why.", 1, 0),
            UsageField.Counts("counts", "Counts", "Why.", ["word"], 0, 1L << 53),
            UsageField.Bucket("no_bounds", "No bounds", "Why.", []),
            UsageField.Bucket("negative", "Negative", "Why.", [-1, 5]),
            UsageField.Bucket("unordered", "Unordered", "Why.", [0, 5, 5]),
            UsageField.Text("no_pattern", "No pattern", "Why.", "", 0),
            UsageField.Text("digits", "Digits of every script", "Why.", @"\d+", 257),
            UsageField.Text("backtracking", "Backtracking", "Why.", "(?=a)a", 1),
            UsageField.Flag("same", "Same", "Why."),
            UsageField.Flag("same", "Same", "Why."),
            UsageField.Flag("same.path", "Value and object", "Why."),
            UsageField.Flag("one.two", "One column", "Why."),
            UsageField.Flag("one_two", "One column", "Why."),
        ];

        return VerifyMistakes(() => ReportSchema.Create(header, fields));
    }

    [Test]
    public void Create_NoFields_IsAMistake() =>
        Assert.That(
            () => ReportSchema.Create(new SchemaHeader { Product = "app" }, []),
            Throws.TypeOf<SchemaException>().With.Property("Mistakes").EqualTo(new[] { "fields: there must be 1 to 256." }));

    [TestCase("id")]
    [TestCase("received")]
    [TestCase("nonce")]
    [TestCase("first_report")]
    public void Create_IdNamedLikeSomethingElse_IsAMistake(string name) =>
        Assert.That(
            () => ReportSchema.Create(
                new SchemaHeader { Product = "app", Identity = new ReportIdentity { Name = name } },
                [UsageField.Flag("flag", "Flag", "Why.")]),
            Throws.TypeOf<SchemaException>().With.Message.Contains("- identity: the name "));

    [Test]
    public Task Parse_EverythingWrong_NamesEveryMistake() => VerifyMistakes(() => Parse(
        """
        {
          "product": 1, "operator": false, "contact": [], "access": "everyone", "promise": {}, "moreInformation": "not an address",
          "maxBytes": 4096.5, "identity": {"kind": "lasting", "colour": "red"}, "catalogues": {"one": [1, "two"], "three": "four"},
          "colour": "red",
          "fields": [
            "flag",
            {},
            {"name": "no_kind", "label": "Label", "purpose": "Why.", "level": "some"},
            {"name": "flag", "kind": "Flag", "label": 1, "purpose": null, "level": "basic", "required": "yes", "publish": 1},
            {"name": "word", "kind": "word", "label": "Label", "purpose": "Why.", "level": "basic", "values": ["one", 2]},
            {"name": "set", "kind": "set", "label": "Label", "purpose": "Why.", "level": "basic", "catalogue": "missing", "values": []},
            {"name": "bucket", "kind": "bucket", "label": "Label", "purpose": "Why.", "level": "basic", "bounds": [0, "10", 1.5]},
            {"name": "count", "kind": "count", "label": "Label", "purpose": "Why.", "level": "basic", "minimum": 1e99, "unit": "m"},
            {"name": "text", "kind": "text", "label": "Label", "purpose": "Why.", "level": "basic", "maxLength": "8"},
            {"name": "version", "kind": "version", "label": "Label", "purpose": "Why.", "level": "basic", "parts": "3"}
          ]
        }
        """));

    [TestCase("", "It is not JSON (line 1).")]
    [TestCase("{\n\n\"a\":}", "It is not JSON (line 3).")]
    [TestCase("""{"product":"a","product":"b"}""", "An object has two members of one name.")]
    [TestCase("""{"product":"a","\u0070roduct":"b"}""", "An object has two members of one name.")]
    [TestCase("""{"product":"\ud83d"}""", "It holds a string that is not Unicode.")]
    public void Parse_NotJson_SaysSo(string json, string mistake) =>
        Assert.That(
            () => Parse(json), Throws.TypeOf<SchemaException>().With.Property("Mistakes").EqualTo(new[] { mistake }));

    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"schema\"")]
    public void Parse_NotAnObject_SaysSo(string json) =>
        Assert.That(
            () => Parse(json), Throws.TypeOf<SchemaException>().With.Message.Contains("- schema: must be an object."));

    [Test]
    public void Parse_BytesThatAreNotUtf8_AreRefused() =>
        Assert.That(
            () => ReportSchema.Parse(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }),
            Throws.TypeOf<SchemaException>());

    private static ReportSchema Parse(string json) => ReportSchema.Parse(Encoding.UTF8.GetBytes(json));

    private static Task VerifyMistakes(Action build)
    {
        SchemaException exception = Assert.Throws<SchemaException>(build)!;
        return Verifier.Verify(exception.Message);
    }
}
