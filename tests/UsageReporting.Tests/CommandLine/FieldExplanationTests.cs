using NUnit.Framework;
using UsageReporting.CommandLine;
using UsageReporting.TestSupport.Schemas;
using VerifyNUnit;

namespace UsageReporting.Tests.CommandLine;

public sealed class FieldExplanationTests
{
    [Test]
    public Task Of_NestedSchema_IsADataDictionary() => Verifier.Verify(Text(SeedSchemas.Printernizer));

    [Test]
    public Task Of_LevelsAndCatalogue_IsADataDictionary()
    {
        ReportSchema schema = SeedSchemas.Napari;

        // No client reports a rotating id yet.
        return Verifier.Verify(Text(ReportSchema.Create(schema.Header with { Identity = new ReportIdentity() }, schema.Fields)));
    }

    private static string Text(ReportSchema schema) =>
        string.Join("\n\n", FieldExplanation.Of(schema, new UsageTexts()).Select(explanation => explanation.Text));
}
