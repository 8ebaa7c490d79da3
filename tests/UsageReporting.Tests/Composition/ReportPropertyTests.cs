using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.Core.Collection;
using UsageReporting.Core.Composition;
using UsageReporting.Core.Preview;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Composition;

public sealed class ReportPropertyTests
{
    private static IEnumerable<TestCaseData> Schemas =>
    [
        new TestCaseData((object)SeedSchemas.PaperlessNgxJson).SetArgDisplayNames("paperless-ngx"),
        new TestCaseData((object)SeedSchemas.PrinternizerJson).SetArgDisplayNames("printernizer"),
        new TestCaseData((object)SeedSchemas.NapariJson).SetArgDisplayNames("napari"),
    ];

    [TestCaseSource(nameof(Schemas))]
    public void Compose_WhateverCollectorsYield_SatisfiesTheSchema(byte[] schemaJson)
    {
        ReportSchema schema = ReportSchema.Parse(schemaJson);
        SchemaOracle oracle = new(schemaJson);

        Prop.ForAll(HostileValues.For(schema).ToArbitrary(), yielded =>
        {
            ComposedReport report = Compose(schema, yielded);
            string[] mistakes = [.. oracle.MistakesIn(report.Bytes)];
            return (mistakes.Length == 0).Label(string.Join("\n", mistakes))
                .And((ReportReader.Read(schema, report.Bytes, new UsageTexts()) is not null).Label("it cannot be shown"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [TestCaseSource(nameof(Schemas))]
    public void Compose_WhateverCollectorsYield_SomeOfItIsReported(byte[] schemaJson)
    {
        ReportSchema schema = ReportSchema.Parse(schemaJson);
        HashSet<UsageFieldKind> reported = [];

        Prop.ForAll(HostileValues.For(schema).ToArbitrary(), yielded =>
        {
            foreach (PreviewRow row in ReportReader.Read(schema, Compose(schema, yielded).Bytes, new UsageTexts())!)
            {
                reported.UnionWith(schema.Fields.Where(field => field.Label == row.Label).Select(field => field.Kind));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

        Assert.That(reported, Is.EquivalentTo(schema.Fields.Select(field => field.Kind).Distinct()));
    }

    private static ComposedReport Compose(ReportSchema schema, HostileValue[] yielded)
    {
        UsageValues values = new(schema.Fields);
        foreach (HostileValue value in yielded)
        {
            value.Set(values);
        }

        return new ReportComposer(schema).Compose(
            TestSender.Kept, new CollectedValues(values.Close().Values, [], []));
    }
}
