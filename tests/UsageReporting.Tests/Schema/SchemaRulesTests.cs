using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class SchemaRulesTests
{
    private static readonly UsageField AnyField = UsageField.Flag("flag", "Flag", "Whether it is so.");

    [Test]
    public void Create_IdentityNamedLikeAColumnOfTheServer_IsRefused([Values("id", "received")] string name)
    {
        SchemaHeader header = new() { Product = "product", Identity = new ReportIdentity { Name = name } };

        SchemaException? thrown = Assert.Throws<SchemaException>(() => ReportSchema.Create(header, [AnyField]));

        Assert.That(thrown!.Mistakes, Has.One.StartsWith("identity: the name belongs to the server"));
    }

    [Test]
    public void Create_SetWithFourParts_IsRefusedAsItCouldNeverBeReported()
    {
        UsageField set = UsageField.Set("a.b.c.d", "Words", "Which words.", ["word"]);

        SchemaException? thrown = Assert.Throws<SchemaException>(
            () => ReportSchema.Create(new SchemaHeader { Product = "product" }, [set]));

        Assert.That(thrown!.Mistakes, Is.EqualTo(new[] { "a.b.c.d: a field with several values has at most 3 parts." }));
    }

    [Test]
    public void Create_FlagWithFourParts_IsASchema() =>
        Assert.That(
            () => ReportSchema.Create(
                new SchemaHeader { Product = "product" }, [UsageField.Flag("a.b.c.d", "Flag", "Whether it is so.")]),
            Throws.Nothing);
}
