using System.Text;
using NUnit.Framework;
using UsageReporting.Core.Comparison;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Comparison;

/// <summary>Each kind of value beside what is published of it.</summary>
public sealed class ComparerTests
{
    private static readonly Vocabulary Words = Vocabulary.Of("other", "prusa", "svg");

    private static readonly UsageField[] Fields =
    [
        UsageField.Flag("mail", "Mail", "Why."),
        UsageField.Bucket("documents", "Documents", "Why.", [0, 10, 100, 1_000]),
        UsageField.Count("printers", "Printers", "Why.", 0, 100),
        UsageField.Date("built", "Built", "Why."),
        UsageField.Word("make", "Make", "Why.", Words),
        UsageField.Set("makes", "Makes", "Why.", Words),
        UsageField.Counts("fleet", "Fleet", "Why.", Words, 0, 100),
        UsageField.Versions("plugins", "Plugins", "Why.", Words),
    ];

    [TestCase("""{"mail":true}""", """{"mail":[{"value":"true","installs":40,"share":0.4,"interval":[0.31,0.5]}]}""", "yes: 40 same")]
    [TestCase("""{"mail":false}""", """{"mail":[{"value":"true","installs":40,"share":0.4}]}""", "no: -")]
    [TestCase("""{"built":"2026-05-18T12:00:00Z"}""", """{"built":[{"value":"2026-05","installs":12,"share":0.12}]}""", "2026-05-18T12:00:00Z: 12 same")]
    [TestCase("""{"make":"prusa"}""", """{"make":[{"value":"svg","installs":70,"share":0.7},{"value":"other","installs":30,"share":0.3}]}""", "prusa: 30 others")]
    [TestCase("""{"make":"other"}""", """{"make":[{"value":"other","installs":30,"share":0.3}]}""", "other: 30 others", Description = "What is folded is no word.")]
    [TestCase("""{"makes":["other","svg"]}""", """{"makes":[{"value":"other","installs":30,"share":0.3}]}""", "other: 30 same; svg: -", Description = "Here it is one.")]
    [TestCase("""{"plugins":{"svg":"1.2.0"}}""", """{"plugins":[{"value":"svg","installs":30,"share":0.3}],"plugins/svg":[{"value":"1.2.0","installs":20,"share":0.2}]}""", "svg: 30 same; svg 1.2.0: 20 same")]
    [TestCase("""{"plugins":{"svg":"1.3.0"}}""", """{"plugins":[{"value":"svg","installs":30,"share":0.3}],"plugins/svg":[{"value":"other","installs":10,"share":0.1}]}""", "svg: 30 same; svg 1.3.0: 10 others")]
    [TestCase("""{"plugins":{"svg":"1.3.0"}}""", "{}", "svg: -")]
    public void Compare_Values_AreFound(string report, string fields, string expected) =>
        Assert.That(string.Join("; ", Compare(report, fields).Select(Text)), Is.EqualTo(expected));

    [Test]
    public void Compare_Range_SaysHowManyAreBelowAndAbove()
    {
        ComparedValue compared = Compare(
            """{"documents":"10-99"}""",
            """{"documents":[{"value":"0-9","installs":20,"share":0.2},{"value":"10-99","installs":50,"share":0.5},{"value":"100-999","installs":20,"share":0.2},{"value":"1000+","installs":10,"share":0.1}]}""").Single();

        Assert.That((compared.Value, compared.Same?.Installs, compared.Below), Is.EqualTo(("10–99", 50, 0.2)));
        Assert.That(compared.Above, Is.EqualTo(0.3).Within(1e-9));
    }

    [Test]
    public void Compare_Numbers_HaveQuartiles()
    {
        const string Quartiles =
            """{"printers":[{"installs":90,"lower":1,"median":2,"upper":5}],"fleet":[{"value":"prusa","installs":40,"lower":1,"median":1,"upper":3}]}""";

        ComparedValue[] compared =
            Compare("""{"printers":3,"fleet":{"prusa":2,"svg":1}}""", """{"fleet":[{"value":"prusa","installs":41,"share":0.41}]}""", Quartiles);

        Assert.That(compared.Select(value => value.Value), Is.EqualTo(new[] { "3", "prusa 2", "svg 1" }));
        Assert.That(compared.Select(value => value.Quartiles), Is.EqualTo(new[]
        {
            new PublishedQuartiles(90, 1, 2, 5), new PublishedQuartiles(40, 1, 1, 3), null,
        }));
        Assert.That(compared.Select(value => value.Same?.Installs), Is.EqualTo(new long?[] { null, 41, null }));
        Assert.That(compared.Select(value => value.IsPublished), Is.EqualTo(new[] { true, true, false }));
    }

    private static string Text(ComparedValue compared) =>
        $"{compared.Value}: {(compared.Same is { } same ? $"{same.Installs} same" : compared.Others is { } others ? $"{others.Installs} others" : "-")}";

    private static ComparedValue[] Compare(string report, string fields, string quartiles = "{}")
    {
        ReportSchema schema = ReportSchema.Create(Paperless.Schema.Header, Fields);
        string whole = report.Insert(1, $"\"uuid\":\"{Paperless.Id}\",");
        string summary = $$"""{"product":"p","as_of":"2026-11-01T00:00:00Z","fields_window":"2026-10","fields_installs":100,"fields":{{fields}},"quartiles":{{quartiles}}}""";
        return [.. Comparer.Compare(Previews.Of(whole, schema: schema), PublishedNumbers.Parse(Encoding.UTF8.GetBytes(summary), "p")!)];
    }
}
