using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.TestSupport.Schemas;
using VerifyNUnit;

namespace UsageReporting.Tests.Schema;

public sealed class ReportSchemaTests
{
    [Test]
    public void ToJson_AnySchemaThatIsAccepted_ComesBackTheSame()
    {
        int accepted = 0;
        Prop.ForAll(AnySchema.Arbitrary, declared =>
        {
            if (TryCreate(declared.Header, declared.Fields) is not { } schema)
            {
                return;
            }

            accepted++;
            byte[] json = schema.ToJson();
            ReportSchema parsed = ReportSchema.Parse(json);
            Assert.That(parsed.ToJson(), Is.EqualTo(json));
            Assert.That(Describe(parsed), Is.EqualTo(Describe(schema)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

        Assert.That(accepted, Is.GreaterThan(200), "Too few of the generated schemas were right for this to say anything.");
    }

    [Test]
    public void Parse_AnyBytes_IsASchemaOrASchemaException() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            try
            {
                ReportSchema.Parse(bytes);
            }
            catch (SchemaException)
            {
                // What the property allows.
            }
        }).QuickCheckThrowOnFailure();

    // Nearly right is where a reader goes wrong: one byte of a good schema is another one.
    [Test]
    public void Parse_OneByteChanged_IsASchemaOrASchemaException()
    {
        byte[] good = SeedSchemas.NapariJson;
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (position, value) =>
            {
                byte[] changed = [.. good];
                changed[position] = (byte)value;
                try
                {
                    byte[] json = ReportSchema.Parse(changed).ToJson();
                    Assert.That(ReportSchema.Parse(json).ToJson(), Is.EqualTo(json));
                }
                catch (SchemaException)
                {
                    // What the property allows.
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Test]
    public Task ToJson_SmallestSchema_LeavesOutWhatHasItsDefault() =>
        Verifier.Verify(
            Encoding.UTF8.GetString(
                ReportSchema.Create(new SchemaHeader { Product = "app" }, [UsageField.Flag("flag", "Flag", "Why.")]).ToJson()),
            "json");

    [Test]
    public void Parse_MembersInAnotherOrderAndWhiteSpace_IsTheSameSchema()
    {
        byte[] json = Encoding.UTF8.GetBytes(
            """
            {
              "windowDays": 7, "product": "app", "maxBytes": 4096, "identity": { "kind": "none" },
              "fields": [ { "purpose": "Why.", "name": "flag", "label": "Flag", "level": "basic", "kind": "flag", "required": false } ]
            }
            """);

        Assert.That(
            Encoding.UTF8.GetString(ReportSchema.Parse(json).ToJson()),
            Is.EqualTo(
                """{"fields":[{"kind":"flag","label":"Flag","level":"basic","name":"flag","purpose":"Why."}]"""
                + ""","identity":{"kind":"none"},"maxBytes":4096,"product":"app","windowDays":7}"""));
    }

    [Test]
    public void Find_Name_IsTheFieldOrNone()
    {
        ReportSchema schema = SeedSchemas.Printernizer;

        Assert.That(schema.Find("period.start"), Is.TypeOf<DateField>());
        Assert.That(schema.Find("period"), Is.Null);
        Assert.That(schema.Find("installation.installation_id"), Is.Null, "The id is in the header.");
    }

    [Test]
    public void Create_FieldsChangedLater_StayWhatTheyWere()
    {
        List<UsageField> fields = [UsageField.Flag("flag", "Flag", "Why.")];
        ReportSchema schema = ReportSchema.Create(new SchemaHeader { Product = "app" }, fields);

        fields.Clear();

        Assert.That(schema.Fields, Has.Count.EqualTo(1));
    }

    private static ReportSchema? TryCreate(SchemaHeader header, UsageField[] fields)
    {
        try
        {
            return ReportSchema.Create(header, fields);
        }
        catch (SchemaException)
        {
            return null;
        }
    }

    // Everything that a person or a validator sees, apart from the JSON itself.
    private static string Describe(ReportSchema schema)
    {
        SchemaHeader header = schema.Header;
        IEnumerable<string> fields = schema.Fields.Select(field =>
            $"{field.Kind} {field.Name} {field.Label} {field.Purpose} {field.Level} {field.Required} {field.Publish} {field.DetailOf} "
            + field switch
            {
                WordField word => Describe(word.Words),
                SetField set => Describe(set.Words),
                CountsField counts => Describe(counts.Words) + $" {counts.Minimum} {counts.Maximum}",
                VersionsField versions => Describe(versions.Words) + $" {versions.Parts}",
                CountField count => $"{count.Minimum} {count.Maximum}",
                VersionField version => $"{version.Parts}",
                BucketField bucket => string.Join(' ', bucket.Ranges),
                TextField text => $"{text.Pattern} {text.MaxLength}",
                _ => "",
            });
        return string.Join(
            '\n',
            [
                $"{header.Product} {header.Operator} {header.Contact} {string.Join(';', header.Access)} {header.Promise}",
                $"{header.MoreInformation?.AbsoluteUri} {header.MaxBytes} {header.WindowDays}",
                header.Identity.Kind == IdentityKind.None ? "no id" : Describe(header.Identity),
                .. fields,
            ]);
    }

    private static string Describe(ReportIdentity identity) =>
        $"{identity.Kind} {identity.Name} {identity.Label} {identity.Purpose} "
        + (identity.Kind == IdentityKind.Rotating ? identity.Rotates : null);

    private static string Describe(Vocabulary vocabulary) =>
        $"{vocabulary.CatalogueName}: {string.Join(' ', vocabulary.Words)}";
}
