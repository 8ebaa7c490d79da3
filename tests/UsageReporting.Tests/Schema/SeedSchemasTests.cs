using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Schema;

public sealed class SeedSchemasTests
{
    private static IEnumerable<TestCaseData> Files =>
    [
        new TestCaseData((object)SeedSchemas.PaperlessNgxJson).SetArgDisplayNames("paperless-ngx"),
        new TestCaseData((object)SeedSchemas.PrinternizerJson).SetArgDisplayNames("printernizer"),
        new TestCaseData((object)SeedSchemas.NapariJson).SetArgDisplayNames("napari"),
    ];

    [TestCaseSource(nameof(Files))]
    public void ToJson_ParsedFile_IsTheFileWithoutItsLineBreak(byte[] file) =>
        Assert.That(
            Encoding.UTF8.GetString(ReportSchema.Parse(file).ToJson()) + "\n",
            Is.EqualTo(Encoding.UTF8.GetString(file)));

    [Test]
    public void Fields_OfAllThree_HaveEveryKindAndEveryLevel()
    {
        UsageField[] fields = [.. SeedSchemas.PaperlessNgx.Fields, .. SeedSchemas.Printernizer.Fields, .. SeedSchemas.Napari.Fields];

        Assert.That(fields.Select(field => field.Kind).Distinct(), Is.EquivalentTo(Enum.GetValues<UsageFieldKind>()));
        Assert.That(
            fields.Select(field => field.Level).Distinct(),
            Is.EquivalentTo(new[] { UsageLevel.Basic, UsageLevel.Middle, UsageLevel.Full }));
    }
}
