using NUnit.Framework;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.Preview;

public sealed class PreviewTextTests
{
    private static readonly VerifySettings Fixed = FixedValues();

    [Test]
    public Task ToText_Document000_IsAsTheDocumentShowsIt() => Verifier.Verify(Previews.Of().ToText(), Fixed);

    [Test]
    public Task ToText_FieldsLeftOut_AreNamedWithTheReason() => Verifier.Verify(
        Previews.Of(
            $$"""{"uuid":"{{Paperless.Id}}","version":"2.15.0"}""",
            [
                new LeftOutField(Paperless.Schema.Find("python")!, LeftOutReason.TooSlow),
                new LeftOutField(Paperless.Schema.Find("database")!, LeftOutReason.Failed),
                new LeftOutField(Paperless.Schema.Find("doc_bucket")!, LeftOutReason.Undeclared),
            ]).ToText(),
        Fixed);

    [Test]
    public Task ToText_Repeat_SaysThatItWasSentBefore() =>
        Verifier.Verify(Previews.Of(isRepeat: true).ToText(), Fixed);

    [Test]
    public Task ToText_DryRunOfANewId_SaysThatItIsNotKept() =>
        Verifier.Verify(Previews.Of(isIdNew: true).ToText(isDryRun: true), Fixed);

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void ToText_KeptIdOrNoDryRun_SaysNothingOfKeeping(bool isIdNew, bool isDryRun) =>
        Assert.That(Previews.Of(isIdNew: isIdNew).ToText(isDryRun), Is.EqualTo(Previews.Of().ToText()));

    [Test]
    public Task ToText_HeaderWithoutAnythingOptional_NamesTheProduct() => Verifier.Verify(
        Previews.Of(
            $$"""{"uuid":"{{Paperless.Id}}","on":true}""",
            schema: ReportSchema.Create(
                new SchemaHeader { Product = "app" }, [UsageField.Flag("on", "On", "Why.")])).ToText(),
        Fixed);

    [Test]
    public void ToText_LongSentences_AreWrappedBetweenWords()
    {
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader
            {
                Product = "app",
                Operator = new string('o', 100),
                Promise = string.Concat(Enumerable.Repeat("seven7 ", 40)).Trim(),
            },
            [UsageField.Flag("on", "On", "Why.")]);

        string[] lines = Previews.Of($$"""{"uuid":"{{Paperless.Id}}","on":true}""", schema: schema).ToText().Split('\n');

        Assert.That(lines.Where(line => line.Length > 70), Is.EqualTo(new[] { new string('o', 100) }));
        Assert.That(lines.Where(line => line.Contains("seven7", StringComparison.Ordinal)).Sum(line => line.Split(' ').Length), Is.EqualTo(40));
        Assert.That(lines, Has.None.EndsWith(" ").And.None.StartsWith(" "));
    }

    [Test]
    public void Json_Preview_IsTheBytes()
    {
        ReportPreview preview = Previews.Of();

        Assert.That(preview.Json, Is.EqualTo(Paperless.Report));
        Assert.That(preview.Report.ToArray(), Is.EqualTo(System.Text.Encoding.UTF8.GetBytes(Paperless.Report)));
    }

    private static VerifySettings FixedValues()
    {
        VerifySettings settings = new();
        settings.DontScrubGuids();
        settings.DontScrubDateTimes();
        return settings;
    }
}
