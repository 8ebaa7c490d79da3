using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.Server.Operators;

namespace UsageReporting.Tests.Server.Operators;

public sealed class SchemaDiffTests
{
    private static readonly ReportSchema Before = ReportSchema.Create(
        new SchemaHeader { Product = "p", WindowDays = 7 },
        [UsageField.Word("channel", "Channel", "Which.", Vocabulary.Of("stable", "beta")), UsageField.Flag("mail", "Mail", "Whether.")]);

    [Test]
    public void Of_TheSame_IsNothing() => Assert.That(Of(Before), Is.Empty);

    [Test]
    public void Of_EveryKindOfChange_IsALineEach()
    {
        ReportSchema after = ReportSchema.Create(
            new SchemaHeader { Product = "p", WindowDays = 14, Operator = "Ada" },
            [
                UsageField.Text("arch", "Architecture", "Which.", "[a-z]+", 20),
                UsageField.Word("channel", "Channel", "Which one.", Vocabulary.Of("stable", "dev")),
            ]);

        Assert.That(Of(after), Is.EquivalentTo(new[]
        {
            "operator: none → Ada", "windowDays: 7 → 14", "arch is new: text", "mail is gone",
            "channel, purpose: Which. → Which one.", "channel, values: + dev, − beta",
        }));
    }

    [Test]
    public void Of_AnotherOrder_SaysSo()
    {
        ReportSchema after = ReportSchema.Create(Before.Header, Before.Fields.Reverse());

        Assert.That(Of(after), Is.EqualTo(new[] { "the order of the fields" }));
    }

    private static IReadOnlyList<string> Of(ReportSchema after) => SchemaDiff.Of(Json(Before), Json(after));

    private static JsonObject Json(ReportSchema schema) => JsonNode.Parse(schema.ToJson())!.AsObject();
}
