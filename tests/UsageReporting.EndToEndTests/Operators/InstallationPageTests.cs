using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;

namespace UsageReporting.EndToEndTests.Operators;

/// <summary>An installation's reports and their erasure, by whoever runs the server, over a real socket.</summary>
public sealed class InstallationPageTests : OperatorPagesTests
{
    private readonly Installation _one = Installation.New();

    [SetUp]
    public async Task ReportAsync()
    {
        using (HttpResponseMessage accepted = await Server.PostAsync(_one.Report, path: "/printernizer/report"))
        {
            Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }

        await Client.EnterAsync(OperatorKey);
        await Client.ReadAsync("/operator/installation");
    }

    [Test]
    public async Task Look_IdThatReported_ShowsAllAndIsNotedByItsHash()
    {
        using HttpResponseMessage answer = await LookAsync(_one.Id.ToUpperInvariant());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Client.Page, Does.Contain("<h2>1 report</h2>").And.Contain("2026-05-18T12:00:00Z").And.Contain("prusa_mk4: 2"));
        Assert.That(Audit()[^1], Is.EqualTo(
            $$"""{"at":"2026-05-18T12:00:00Z","key":"of the settings","what":"looked at an installation","product":"printernizer","id_sha256":"{{Hash(_one.Id)}}"}"""));
        Assert.That(Audit(), Has.None.Contains(_one.Id));
    }

    [Test]
    public async Task Look_IdThatDidNot_SaysSoAndIsNoted()
    {
        string unknown = Reports.NewId();

        using HttpResponseMessage answer = await LookAsync(unknown);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Client.Page, Does.Contain("Nothing is stored of such an installation."));
        Assert.That(Audit()[^1], Does.Contain(Hash(unknown)));
    }

    [TestCase("nope", "a"), TestCase("printernizer", ""), TestCase("", "")]
    public async Task Look_NothingToLookFor_SaysSo(string product, string id)
    {
        using HttpResponseMessage answer = await Client.PostAsync("/operator/installation", ("product", product), ("id", id));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Look_MarkupForAnId_IsText()
    {
        using HttpResponseMessage answer = await LookAsync("\"><script>alert(1)</script>");

        Assert.That(Client.Page, Does.Not.Contain("<script"));
    }

    [Test]
    public async Task Erase_AfterALook_ErasesWithAReceiptThatCanBeChecked()
    {
        using (await LookAsync(_one.Id))
        {
            Assert.That(_one.IsIn(Folder.Path), Is.True);
        }

        using HttpResponseMessage answer = await EraseAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        string json = WebUtility.HtmlDecode(Client.Page.Split("<code>{")[1].Split("</code>")[0]);
        using JsonDocument signed = JsonDocument.Parse("{" + json);
        JsonElement receipt = signed.RootElement.GetProperty("receipt");
        Assert.That(receipt.GetProperty("id_sha256").GetString(), Is.EqualTo(Hash(_one.Id)));
        Assert.That(receipt.GetProperty("reports").GetInt32(), Is.EqualTo(1));
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Folder.Combine("receipts.pem")));
        Assert.That(key.VerifyData(
            Encoding.UTF8.GetBytes(receipt.GetRawText()),
            signed.RootElement.GetProperty("signature").GetBytesFromBase64(),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence));
        Assert.That(_one.IsIn(Folder.Path), Is.False);
        Assert.That(Audit()[^1], Does.Contain("erased an installation").And.Contain(Hash(_one.Id)));
    }

    [Test]
    public async Task Erase_NothingCanBeNoted_IsNotDone()
    {
        using HttpResponseMessage found = await LookAsync(_one.Id);
        File.Delete(Folder.Combine("operator.jsonl"));
        Directory.CreateDirectory(Folder.Combine("operator.jsonl"));

        using HttpResponseMessage answer = await EraseAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(_one.IsIn(Folder.Path), Is.True);
    }

    private Task<HttpResponseMessage> LookAsync(string id) =>
        Client.PostAsync("/operator/installation", ("product", "printernizer"), ("id", id));

    private Task<HttpResponseMessage> EraseAsync() =>
        Client.PostAsync("/operator/erase", ("product", "printernizer"), ("id", _one.Id));

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
