using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.TestSupport;
using VerifyNUnit;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>What is stored of an installation, given back and erased over a real socket.</summary>
public sealed class InstallationEndpointTests() : OperatedServerTests("2026-05-18T12:00:00Z")
{
    [Test]
    public async Task PostExport_OwnSecret_GivesAllThatIsStored()
    {
        Installation one = new(Reports.Id, new string('7', 64));
        await ReportAsync(one);
        await ReportAsync(Installation.New());
        Time.Advance(TimeSpan.FromDays(7));
        await ReportAsync(one);

        (HttpStatusCode status, string answer) = await PostAsync("/installation/export", one.Proof(id: one.Id.ToUpperInvariant()));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        await Verifier.Verify(answer.Replace("},{", "},\n{", StringComparison.Ordinal).Replace(",\"", ",\n\"", StringComparison.Ordinal));
    }

    [Test]
    public async Task PostErase_OwnSecret_IsErasedWithAReceiptThatCanBeChecked()
    {
        Installation one = Installation.New();
        Installation other = Installation.New();
        await ReportAsync(one);
        await ReportAsync(other);
        Assert.That(one.IsIn(Folder.Path), Is.True, "The files are read, and ids in them are found.");
        Time.Advance(TimeSpan.FromDays(1));

        (HttpStatusCode status, string answer) = await PostAsync("/installation/erase", one.Proof());

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        using JsonDocument json = JsonDocument.Parse(answer);
        JsonElement receipt = json.RootElement.GetProperty("receipt");
        Assert.Multiple(() =>
        {
            Assert.That(receipt.GetProperty("product").GetString(), Is.EqualTo("printernizer"));
            Assert.That(receipt.GetProperty("id_sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(one.Id)))));
            Assert.That(receipt.GetProperty("erased_at").GetString(), Is.EqualTo("2026-05-19T12:00:00Z"));
            Assert.That(receipt.GetProperty("reports").GetInt32(), Is.EqualTo(1));
            Assert.That(one.IsIn(Folder.Path), Is.False);
            Assert.That(other.IsIn(Folder.Path), Is.True);
        });
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(await PublicKeyAsync()), out _);
        Assert.That(
            key.VerifyData(
                Encoding.UTF8.GetBytes(receipt.GetRawText()),
                json.RootElement.GetProperty("signature").GetBytesFromBase64(),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence),
            Is.True);
        Assert.That((await PostAsync("/installation/erase", one.Proof())).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await PostAsync("/installation/export", other.Proof())).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test, Property("Case", 44)]
    public async Task Post_WhateverIsWrong_IsAnsweredInTheSameBytes()
    {
        Installation one = Installation.New();
        Installation withoutKey = Installation.New();
        await ReportAsync(one);
        using (HttpResponseMessage accepted = await Server.PostAsync(Reports.Paperless(withoutKey.Id)))
        {
            Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }

        string[] proofs =
        [
            one.Proof(id: Reports.NewId()),
            one.Proof(secret: new string('0', 64)),
            one.Proof(secret: one.Secret[..^2]),
            one.Proof(secret: $"{one.Secret}00"),
            one.Proof(secret: ""),
            one.Proof(secret: "no secret"),
            one.Proof(product: "nope"),
            one.Proof(product: "paperless-ngx"),
            one.Proof(id: "no id"),
            one.Proof(id: ""),
            withoutKey.Proof(secret: "", product: "paperless-ngx"),
            withoutKey.Proof(secret: new string('-', 64), product: "paperless-ngx"),
        ];
        foreach (string path in new[] { "/installation/export", "/installation/erase" })
        {
            string[] answers = [.. await Task.WhenAll(proofs.Select(proof => RawAsync(path, proof)))];

            Assert.That(answers[0], Does.StartWith("HTTP/1.1 404 Not Found\r\n").And.Contain("application/problem+json"));
            Assert.That(answers, Is.All.EqualTo(answers[0]));
        }

        Assert.That((await PostAsync("/installation/export", one.Proof())).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(""), TestCase("{"), TestCase("[]"), TestCase("{}"), TestCase("""{"product":"a","id":"b"}""")]
    [TestCase("""{"product":"a","id":1,"erasure_secret":"c"}"""), TestCase("""{"product":"\ud800","id":"b","erasure_secret":"c"}""")]
    public async Task Post_SomethingElse_IsRefused(string body) =>
        Assert.That((await PostAsync("/installation/erase", body)).Status, Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task Post_LargeBody_IsRefused() => Assert.That(
        (await PostAsync("/installation/erase", Installation.New().Proof(id: new string('a', 2_000)))).Status,
        Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task Delete_ByTheOperator_ErasesWithAReceiptAndIsNoted()
    {
        Installation one = Installation.New();
        await ReportAsync(one);

        Assert.Multiple(async () =>
        {
            Assert.That(await DeleteAsync(one.Id, "printernizer", "nonsense"), Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await DeleteAsync(one.Id, "nope", OperatorKey), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await DeleteAsync(one.Id, "paperless-ngx", OperatorKey), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await DeleteAsync(one.Id.ToUpperInvariant(), "printernizer", OperatorKey), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await DeleteAsync(one.Id, "printernizer", OperatorKey), Is.EqualTo(HttpStatusCode.NotFound));
        });
        Assert.That(one.IsIn(Folder.Path), Is.False);
        Assert.That(Server.Log.All, Has.Some.EqualTo("Erasing an installation of printernizer: allowed to the key of the settings. "));
    }

    [Test]
    public async Task Delete_WithAKeyOfOtherScopes_IsForbidden()
    {
        Installation one = Installation.New();
        await ReportAsync(one);
        string text = Server.Keys.Add("printernizer", UsageKeyScopes.Read | UsageKeyScopes.Report).Text;

        Assert.That(() => DeleteAsync(one.Id, "printernizer", text).Result, Is.EqualTo(HttpStatusCode.Forbidden).After(20_000, 50));
        Assert.That((await PostAsync("/installation/export", one.Proof())).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task PostErase_AfterTheWeekClosed_NumbersAreMadeAgain()
    {
        Installation[] all = [.. Enumerable.Range(0, 12).Select(_ => Installation.New())];
        foreach (Installation one in all)
        {
            await ReportAsync(one);
        }

        Time.SetUtcNow(new DateTimeOffset(2026, 5, 25, 0, 0, 0, TimeSpan.Zero));
        await WaitForAsync("12");
        await PostAsync("/installation/erase", all[3].Proof());
        Time.Advance(TimeSpan.FromMinutes(10));

        await WaitForAsync("11");
    }

    [Test]
    public async Task PostErase_BackupRestored_DoesNotBringItBack()
    {
        Installation one = Installation.New();
        Installation other = Installation.New();
        await ReportAsync(one);
        await ReportAsync(other);
        await Server.DisposeAsync();
        using TemporaryFolder elsewhere = new();
        File.Copy(Folder.Combine("usage.db"), elsewhere.Combine("usage.db"));
        Server = await RunningServer.StartAsync(Folder, Time);
        string key = await PublicKeyAsync();
        await PostAsync("/installation/erase", one.Proof());
        await Server.DisposeAsync();
        File.Copy(elsewhere.Combine("usage.db"), Folder.Combine("usage.db"), overwrite: true);

        Server = await RunningServer.StartAsync(Folder, Time);

        Assert.That(Server.Query("SELECT id FROM installations"), Is.EqualTo(new[] { other.Id }));
        Assert.That(one.IsIn(Folder.Path), Is.False);
        Assert.That((await PostAsync("/installation/export", one.Proof())).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await PublicKeyAsync(), Is.EqualTo(key));
    }

    [Test]
    public void StartAsync_DatabaseOfAnotherServer_MakesNoKey()
    {
        File.Delete(Folder.Combine("receipts.pem"));

        Assert.That(() => RunningServer.StartAsync(Folder, Time), Throws.TypeOf<UsageStoreException>());
        Assert.That(File.Exists(Folder.Combine("receipts.pem")), Is.False);
    }

    [TestCase("/installation/export"), TestCase("/installation/erase")]
    public async Task Post_DatabaseAway_IsUnavailable(string path)
    {
        File.Move(Folder.Combine("usage.db"), Folder.Combine("away.db"));

        Assert.That((await PostAsync(path, Installation.New().Proof())).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private async Task WaitForAsync(string installs)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (!Server.Query("SELECT installs FROM rollups WHERE product = 'printernizer' AND window = '2026-W21'").Contains(installs))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, bound.Token);
        }
    }

    private async Task ReportAsync(Installation one)
    {
        using HttpResponseMessage answer = await Server.PostAsync(one.Report, "/printernizer/report");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    private async Task<(HttpStatusCode Status, string Answer)> PostAsync(string path, string body)
    {
        using HttpResponseMessage answer = await Server.PostAsync(body, path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> RawAsync(string path, string body)
    {
        string answer = await Server.SendRawAsync(
            $"POST {path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}", body);
        return string.Join("\r\n", answer.Split("\r\n").Where(line => !line.StartsWith("Date: ", StringComparison.Ordinal)));
    }

    private async Task<HttpStatusCode> DeleteAsync(string id, string product, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Delete, $"/installation/{id}?product={product}");
        request.Headers.Add("X-API-Key", key);
        using HttpResponseMessage answer = await Server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string> PublicKeyAsync()
    {
        using JsonDocument json = JsonDocument.Parse(await Server.Http.GetStringAsync("/.well-known/usage-reporting"));
        return json.RootElement.GetProperty("receipts").GetProperty("public_key").GetString()!;
    }
}
