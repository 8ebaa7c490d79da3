using NUnit.Framework;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Schema;

public sealed class IdentityRulesTests
{
    private static readonly ReportIdentity Weekly = new() { Kind = IdentityKind.Rotating };
    private static readonly UsageField Any = UsageField.Flag("flag", "Flag", "Why.");

    private static IEnumerable<TestCaseData> Mistakes =>
    [
        Case(Weekly, [Any], "period: an id that rotates needs this field."),
        Case(ReportIdentity.None, [Any], "nonce: a report without an id needs this field."),
        Case(new ReportIdentity(), [IdentityFields.Ephemeral()], "nonce: a report without an id needs this field."),
        Case(
            ReportIdentity.None,
            [IdentityFields.Nonce(), IdentityFields.ErasureKey()],
            "erasure_key: without an id nothing is found that could be erased."),
        Case(
            Weekly,
            [IdentityFields.Period(RotationPeriod.Week) with { Level = UsageLevel.Full }],
            "period: the level must be basic."),
        Case(
            Weekly,
            [IdentityFields.Period(RotationPeriod.Month)],
            "period: must allow what is sent, such as 2026-W47."),
        Case(
            ReportIdentity.None,
            [UsageField.Text("nonce", "Nonce", "Why.", "[A-F0-9]{32}", 32)],
            "nonce: must allow what is sent, such as 0123456789abcdef0123456789abcdef."),
        Case(
            new ReportIdentity(),
            [UsageField.Text("erasure_key", "Key", "Why.", "[0-9a-f]*", 63)],
            $"erasure_key: must allow what is sent, such as {string.Concat(Enumerable.Repeat("0123456789abcdef", 4))}."),
        Case(
            Weekly,
            [
                IdentityFields.Period(RotationPeriod.Week) with { Required = true },
                IdentityFields.Nonce() with { Required = true },
                IdentityFields.Ephemeral() with { Required = true },
                IdentityFields.FirstReport() with { Required = true },
            ],
            "period: cannot be required, because some reports do not have it.",
            "nonce: cannot be required, because some reports do not have it.",
            "ephemeral: cannot be required, because some reports do not have it.",
            "first_report: cannot be required, because some reports do not have it."),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void FindIdentityMistakes_Schema_NamesAllOfThem(
        ReportIdentity identity, UsageField[] fields, string[] mistakes) =>
        Assert.That(Create("app", identity, fields).FindIdentityMistakes(), Is.EqualTo(mistakes));

    [Test]
    public void FindIdentityMistakes_ProductWhoseIdWouldBeItsSecret_IsAMistake() =>
        Assert.That(
            Create("erase", Weekly, [IdentityFields.Period(RotationPeriod.Week), IdentityFields.ErasureKey()])
                .FindIdentityMistakes(),
            Is.EqualTo(new[] { "product: an id that rotates and can be erased is not called \"erase\"." }));

    [Test]
    public void FindIdentityMistakes_SeedSchemas_None()
    {
        foreach (ReportSchema schema in new[] { SeedSchemas.PaperlessNgx, SeedSchemas.Printernizer, SeedSchemas.Napari })
        {
            Assert.That(schema.FindIdentityMistakes(), Is.Empty, schema.Header.Product);
        }
    }

    [Test]
    public void FindIdentityMistakes_RightSchemas_None()
    {
        Assert.That(Create("app", Weekly, [IdentityFields.Period(RotationPeriod.Week) with { Required = true }])
            .FindIdentityMistakes(), Is.Empty);
        Assert.That(Create("app", ReportIdentity.None, [IdentityFields.Nonce() with { Required = true }])
            .FindIdentityMistakes(), Is.Empty);
        Assert.That(Create("app", new ReportIdentity(), [IdentityFields.Nonce(), IdentityFields.Ephemeral()])
            .FindIdentityMistakes(), Is.Empty);
    }

    private static ReportSchema Create(string product, ReportIdentity identity, UsageField[] fields) =>
        ReportSchema.Create(new SchemaHeader { Product = product, Identity = identity }, fields);

    private static TestCaseData Case(ReportIdentity identity, UsageField[] fields, params string[] mistakes) =>
        new TestCaseData(identity, fields, mistakes).SetArgDisplayNames(mistakes);
}
