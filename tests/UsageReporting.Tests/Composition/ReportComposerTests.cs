using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Composition;
using UsageReporting.Core.Identity;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Composition;

public sealed class ReportComposerTests
{
    private static readonly Sender Id = TestSender.Kept;

    [Test]
    public void Compose_Document000_IsItsReportByteForByte()
    {
        UsageValues values = new(Paperless.Schema.Fields);
        Paperless.Fill(values);

        ComposedReport report = Compose(Paperless.Schema, new Dictionary<string, JsonNode>(values.Close().Values));

        Assert.That(Text(report), Is.EqualTo(Paperless.Report));
        Assert.That(report.Missing, Is.Null);
        Assert.That(report.LeftOut, Is.Empty);
    }

    [Test]
    public void Compose_ValuesInAnotherOrder_AreInTheDeclaredOne()
    {
        ComposedReport report = Compose(Paperless.Schema, new()
        {
            ["feature_ai"] = true,
            ["arch"] = "x86_64",
            ["version"] = "1.0.0",
        });

        Assert.That(Text(report), Is.EqualTo($$"""{"uuid":"{{Paperless.Id}}","version":"1.0.0","arch":"x86_64","feature_ai":true}"""));
    }

    [Test]
    public void Compose_NamesWithDots_AreNestedObjects()
    {
        ComposedReport report = Compose(SeedSchemas.Printernizer, new()
        {
            ["schema_version"] = "1.0",
            ["installation.platform"] = "linux",
            ["usage_stats.job_count"] = 3,
            ["usage_stats.feature_usage.library_enabled"] = true,
            ["printer_fleet.printer_types"] = new JsonArray("prusa_mk4", "other"),
            ["error_summary"] = new JsonObject { ["total_errors"] = 2 },
        });

        Assert.That(Text(report), Is.EqualTo(
            $$$"""{"installation":{"installation_id":"{{{Paperless.Id}}}","platform":"linux"},"schema_version":"1.0","printer_fleet":{"printer_types":["prusa_mk4","other"]},"usage_stats":{"job_count":3,"feature_usage":{"library_enabled":true}},"error_summary":{"total_errors":2}}"""));
    }

    [Test]
    public void Compose_BuildPartOfAVersion_IsNotEscaped() =>
        Assert.That(
            Text(Compose(Paperless.Schema, new() { ["version"] = "2.15.0-rc.1+abc" })),
            Does.Contain("\"2.15.0-rc.1+abc\""));

    [Test]
    public void Compose_WithoutRequiredFields_NamesTheFirst()
    {
        ComposedReport report = Compose(Paperless.Schema, new() { ["version"] = "1.0.0", ["arch"] = "x86_64" });

        Assert.That(report.Missing!.Name, Is.EqualTo("channel"));
        Assert.That(Text(report), Does.Not.Contain("null").And.Not.Contain("channel"));
    }

    [Test]
    public void Compose_TooLarge_TheLargestGoesUntilItFits()
    {
        ReportSchema schema = Schema(256, Word("small"), Word("large"), Word("medium"), Word("tiny"));
        ComposedReport report = Compose(schema, new()
        {
            ["small"] = new string('a', 40),
            ["large"] = new string('b', 200),
            ["medium"] = new string('c', 150),
            ["tiny"] = "d",
        });

        Assert.That(report.Bytes.Length, Is.LessThanOrEqualTo(256));
        Assert.That(report.LeftOut.Select(left => $"{left.Field.Name}: {left.Reason}"), Is.EqualTo(
            new[] { "large: TooLarge", "medium: TooLarge" }));
        Assert.That(Text(report), Does.Contain("small").And.Contain("tiny"));
        Assert.That(report.Missing, Is.Null);
    }

    [Test]
    public void Compose_TooLargeForARequiredFieldAndOthers_TheOthersGo()
    {
        ReportSchema schema = Schema(256, Word("required") with { Required = true }, Word("optional"));
        ComposedReport report = Compose(schema, new()
        {
            ["required"] = new string('a', 150),
            ["optional"] = new string('b', 140),
        });

        Assert.That(report.Missing, Is.Null);
        Assert.That(report.LeftOut.Select(left => left.Field.Name), Is.EqualTo(new[] { "optional" }));
    }

    [TestCase(0, ExpectedResult = true)]
    [TestCase(1, ExpectedResult = false)]
    public bool Compose_ExactlyTheLargestSize_Fits(int over)
    {
        ReportSchema schema = Schema(256, Word("text"));
        int frame = Compose(schema, new() { ["text"] = "" }).Bytes.Length;

        ComposedReport report = Compose(schema, new() { ["text"] = new string('a', 256 - frame + over) });

        return report.Bytes.Length == 256;
    }

    [Test]
    public void Compose_NoRoomForARequiredField_ItIsMissing()
    {
        ComposedReport report = Compose(
            Schema(256, Word("text") with { Required = true }), new() { ["text"] = new string('a', 256) });

        Assert.That(report.Missing!.Name, Is.EqualTo("text"));
    }

    [Test]
    public void Compose_LeftOutByCollectors_StaysNamed()
    {
        LeftOutField left = new(Paperless.Schema.Fields[0], LeftOutReason.TooSlow);

        ComposedReport report = new ReportComposer(Paperless.Schema)
            .Compose(Id, new CollectedValues(new Dictionary<string, JsonNode>(), [left], []));

        Assert.That(report.LeftOut, Is.EqualTo(new[] { left }));
    }

    [Test]
    public void Compose_Twice_GivesTheSameBytes()
    {
        Dictionary<string, JsonNode> values = new() { ["feature_ai"] = true };

        Assert.That(
            Text(Compose(Paperless.Schema, values)), Is.EqualTo(Text(Compose(Paperless.Schema, values))));
    }

    private static TextField Word(string name) => UsageField.Text(name, name, "Why.", "[a-d]*", maxLength: 256);

    private static ReportSchema Schema(int maxBytes, params UsageField[] fields) =>
        ReportSchema.Create(new SchemaHeader { Product = "app", MaxBytes = maxBytes }, fields);

    private static ComposedReport Compose(ReportSchema schema, Dictionary<string, JsonNode> values) =>
        new ReportComposer(schema).Compose(Id, new CollectedValues(values, [], []));

    private static string Text(ComposedReport report) => Encoding.UTF8.GetString(report.Bytes.Span);
}
