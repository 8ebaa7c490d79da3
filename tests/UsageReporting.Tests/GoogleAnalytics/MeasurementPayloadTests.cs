using System.Text;
using NUnit.Framework;
using UsageReporting.GoogleAnalytics;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.GoogleAnalytics;

public sealed class MeasurementPayloadTests
{
    [Test]
    public void Of_Document000_IsOneEvent() => Assert.That(
        Of(Paperless.Schema, Paperless.Report),
        Is.EqualTo(
            """{"client_id":"f81d4fae-7dec-4d0a-a765-00a0c91e6bf6","consent":{"ad_user_data":"DENIED","ad_personalization":"DENIED"},"events":[{"name":"usage_report","params":{"engagement_time_msec":1,"version":"2.15.0","channel":"beta","commit":"bd86dca57","build_date":"2026-05-18T12:00:00Z","install_type":"docker","arch":"x86_64","python":"3.12.3","database":"postgresql","doc_bucket":"1000-9999","multi_user":"true","feature_mail":"true","feature_ai":"false"}}]}"""));

    [Test]
    public void Of_FieldsOfSeveralWords_AreAnEventForEachWord()
    {
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader { Product = "app" },
            [
                UsageField.Count("installation.hours", "Hours", "Why.", 0, 1_000),
                UsageField.Set("printers", "Printers", "Why.", ["prusa", "bambu"]),
                UsageField.Counts("commands", "Commands", "Why.", ["startproject", "runserver"], 0, 100),
                UsageField.Versions("plugins", "Plugins", "Why.", ["ocr"]),
                IdentityFields.ErasureKey(),
            ]);

        Assert.That(
            Events(Of(
                schema,
                """{"uuid":"a","installation":{"hours":7},"printers":["prusa","bambu"],"commands":{"runserver":3},"plugins":{"ocr":"1.2.0+x"},"erasure_key":"e"}""")),
            Is.EqualTo(
                """[{"name":"usage_report","params":{"engagement_time_msec":1,"installation_hours":7}},{"name":"usage_printers","params":{"word":"prusa"}},{"name":"usage_printers","params":{"word":"bambu"}},{"name":"usage_commands","params":{"word":"runserver","count":3}},{"name":"usage_plugins","params":{"word":"ocr","version":"1.2.0+x"}}]}"""));
    }

    [Test]
    public void Of_ReportWithoutAnId_IsAClientOfItsOwn()
    {
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader { Product = "app", Identity = new ReportIdentity { Kind = IdentityKind.None } },
            [IdentityFields.Nonce(), IdentityFields.FirstEver()]);

        string payload = Of(schema, """{"nonce":"0123","first_ever":true}""");

        Assert.That(payload, Does.StartWith("""{"client_id":"0123","""));
        Assert.That(
            Events(payload),
            Is.EqualTo("""[{"name":"usage_report","params":{"engagement_time_msec":1,"first_ever":"true"}}]}"""));
    }

    private static string Of(ReportSchema schema, string report) =>
        Encoding.UTF8.GetString(MeasurementPayload.Of(schema, Encoding.UTF8.GetBytes(report)));

    private static string Events(string payload) => payload[(payload.IndexOf("\"events\":", StringComparison.Ordinal) + 9)..];
}
