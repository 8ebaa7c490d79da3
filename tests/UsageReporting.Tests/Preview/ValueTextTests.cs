using System.Text.Json;
using NUnit.Framework;
using UsageReporting.Core.Preview;

namespace UsageReporting.Tests.Preview;

public sealed class ValueTextTests
{
    private static readonly UsageField[] Fields =
    [
        UsageField.Flag("flag", "Flag", "Why."),
        UsageField.Word("word", "Word", "Why.", ["stable", "beta"]),
        UsageField.Bucket("bucket", "Bucket", "Why.", [0, 1, 100, 1_000]),
        UsageField.Count("count", "Count", "Why.", -5, 1_000_000),
        UsageField.Version("version", "Version", "Why.", parts: 3),
        UsageField.Date("date", "Date", "Why."),
        UsageField.Text("text", "Text", "Why.", "[a-z0-9_]+", maxLength: 6),
        UsageField.Set("set", "Set", "Why.", ["prusa", "bambu"]),
        UsageField.Counts("counts", "Counts", "Why.", ["prusa", "bambu"], 1, 10),
        UsageField.Versions("versions", "Versions", "Why.", ["svg", "console"]),
    ];

    [TestCase("flag", "true", ExpectedResult = "yes")]
    [TestCase("flag", "false", ExpectedResult = "no")]
    [TestCase("word", "\"beta\"", ExpectedResult = "beta")]
    [TestCase("bucket", "\"0\"", ExpectedResult = "0")]
    [TestCase("bucket", "\"1-99\"", ExpectedResult = "1–99")]
    [TestCase("bucket", "\"1000+\"", ExpectedResult = "1000+")]
    [TestCase("count", "1000000", ExpectedResult = "1000000")]
    [TestCase("count", "-5", ExpectedResult = "-5")]
    [TestCase("version", "\"2.15.0-rc.1+abc\"", ExpectedResult = "2.15.0-rc.1+abc")]
    [TestCase("date", "\"2026-05-18T12:00:00Z\"", ExpectedResult = "2026-05-18T12:00:00Z")]
    [TestCase("text", "\"x86_64\"", ExpectedResult = "x86_64")]
    [TestCase("set", "[\"prusa\",\"bambu\"]", ExpectedResult = "prusa, bambu")]
    [TestCase("set", "[]", ExpectedResult = "none")]
    [TestCase("counts", "{\"prusa\":1,\"bambu\":10}", ExpectedResult = "prusa 1, bambu 10")]
    [TestCase("counts", "{}", ExpectedResult = "none")]
    [TestCase("versions", "{\"svg\":\"1.2\"}", ExpectedResult = "svg 1.2")]
    [TestCase("versions", "{}", ExpectedResult = "none")]
    [Property("Case", 121)]
    [SetCulture("fa-IR")] // Where a negative number and a decimal separator look otherwise.
    public string? Of_ValueAsDeclared_IsAsPeopleReadIt(string field, string json) => Read(field, json);

    [TestCase("flag", "\"true\"")]
    [TestCase("flag", "1")]
    [TestCase("flag", "null")]
    [TestCase("word", "\"nightly\"")]
    [TestCase("word", "[\"beta\"]")]
    [TestCase("bucket", "\"1–99\"")]
    [TestCase("bucket", "\"1-100\"")]
    [TestCase("bucket", "50")]
    [TestCase("count", "-6")]
    [TestCase("count", "1000001")]
    [TestCase("count", "1.5")]
    [TestCase("count", "1e999")]
    [TestCase("count", "\"1\"")]
    [TestCase("version", "\"2.15\"")]
    [TestCase("version", "2.15")]
    [TestCase("date", "\"2026-05-18\"")]
    [TestCase("date", "\"2026-05-18T12:00:00+02:00\"")]
    [TestCase("date", "0")]
    [TestCase("text", "\"X\"")]
    [TestCase("text", "\"abcdefg\"")]
    [TestCase("text", "\"ab\\u001b\"")]
    [TestCase("set", "[\"prusa\",\"klipper\"]")]
    [TestCase("set", "[\"prusa\",null]")]
    [TestCase("set", "\"prusa\"")]
    [TestCase("counts", "{\"prusa\":0}")]
    [TestCase("counts", "{\"klipper\":1}")]
    [TestCase("counts", "{\"prusa\":\"1\"}")]
    [TestCase("counts", "[]")]
    [TestCase("versions", "{\"svg\":\"v1\"}")]
    [TestCase("versions", "{\"svg\":1}")]
    [TestCase("versions", "{\"other\":\"1.0\"}")]
    public void Of_ValueOutsideItsDeclaration_IsNull(string field, string json) => Assert.That(Read(field, json), Is.Null);

    private static string? Read(string field, string json) =>
        ValueText.Of(Fields.Single(f => f.Name == field), JsonElement.Parse(json), new UsageTexts());
}
