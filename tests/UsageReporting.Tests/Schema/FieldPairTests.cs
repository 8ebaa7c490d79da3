using System.Text;
using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class FieldPairTests
{
    private static readonly UsageField[] Fields =
    [
        UsageField.Version("version", "Version", "Why."),
        UsageField.Word("channel", "Channel", "Why.", ["stable", "beta"]),
        UsageField.Flag("flag", "Flag", "Why."),
        UsageField.Flag("secret", "Secret", "Why.") with { Publish = false },
        UsageField.Count("count", "Count", "Why.", 0, 10),
        UsageField.Set("set", "Set", "Why.", ["one"]),
        IdentityFields.FirstEver(),
    ];

    [Test]
    public void ToJson_Pairs_AreReadAgain()
    {
        ReportSchema schema = Create(new FieldPair("version", "channel"));

        string json = Encoding.UTF8.GetString(schema.ToJson());

        Assert.That(json, Does.Contain(""" "pairs":[["version","channel"]],"product":"app" """.Trim()));
        Assert.That(ReportSchema.Parse(Encoding.UTF8.GetBytes(json)).Header.Pairs, Is.EqualTo(schema.Header.Pairs));
        Assert.That(Encoding.UTF8.GetString(Create().ToJson()), Does.Not.Contain("pairs"));
    }

    [TestCase("version", "nothing", "pairs: \"nothing\" is not a field.")]
    [TestCase("version", "secret", "pairs: \"secret\" is not published.")]
    [TestCase("version", "count", "pairs: \"count\" has no single value that many could share.")]
    [TestCase("set", "flag", "pairs: \"set\" has no single value that many could share.")]
    [TestCase("first_ever", "flag", "pairs: \"first_ever\" says how a report is counted, and is shown with nothing.")]
    [TestCase("flag", "flag", "pairs: \"flag\" stands in more than one place.")]
    public void Create_WrongPair_IsAMistake(string rows, string columns, string mistake) =>
        Assert.That(Mistakes(new FieldPair(rows, columns)), Is.EqualTo(new[] { mistake }));

    [Test]
    public void Create_FieldInTwoPairs_IsAMistake() =>
        Assert.That(
            Mistakes(new FieldPair("version", "channel"), new FieldPair("flag", "version")),
            Is.EqualTo(new[] { "pairs: \"version\" stands in more than one place." }));

    [TestCase("""["version"]""")]
    [TestCase("""["version","channel","flag"]""")]
    [TestCase("\"version\"")]
    public void Parse_NoPair_IsAMistake(string pair)
    {
        string json = Encoding.UTF8.GetString(Create(new FieldPair("version", "channel")).ToJson())
            .Replace("""["version","channel"]""", pair, StringComparison.Ordinal);

        Assert.That(
            () => ReportSchema.Parse(Encoding.UTF8.GetBytes(json)),
            Throws.TypeOf<SchemaException>().With.Message.EndsWith("- schema: pairs must hold the names of two fields each."));
    }

    private static ReportSchema Create(params ReadOnlySpan<FieldPair> pairs) =>
        ReportSchema.Create(new SchemaHeader { Product = "app", Pairs = [.. pairs] }, Fields);

    private static IReadOnlyList<string> Mistakes(params FieldPair[] pairs) =>
        Assert.Throws<SchemaException>(() => Create(pairs))!.Mistakes;
}
