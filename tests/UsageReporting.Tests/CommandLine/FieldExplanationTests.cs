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
    public Task Of_LevelsAndCatalogue_IsADataDictionary() => Verifier.Verify(Text(SeedSchemas.Napari));

    private static string Text(ReportSchema schema) =>
        string.Join("\n\n", FieldExplanation.Of(schema, new UsageTexts()).Select(explanation => explanation.Text));
}
