using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Certificates of how many installations had a plugin, over a real socket: of ten and more, and of nothing else.</summary>
public sealed class CertificateTests() : OperatedServerTests("2026-10-26T09:00:00Z")
{
    private const string Week = "/certificate/counted/2026-W44";

    [SetUp]
    public async Task ReportAsync()
    {
        for (int i = 0; i < 24; i++)
        {
            string plugins = i < 9 ? """{"svg":"1.2.0","tools/io":"1.0.0"}""" : i < 14 ? """{"svg":"1.2.0"}""" : "{}";
            using HttpResponseMessage answer = await Server.PostAsync(
                $$"""{"uuid":"{{Reports.NewId()}}","version":"1.0","channel":"beta","plugins":{{plugins}}}""", "/counted/report");
            answer.EnsureSuccessStatusCode();
        }

        Time.Advance(new DateTimeOffset(2026, 11, 2, 0, 0, 10, TimeSpan.Zero) - Time.GetUtcNow());
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (Server.Query("SELECT made FROM rollups WHERE product = 'counted' AND window = '2026-W44'").Count == 0)
        {
            await Task.Delay(20, bound.Token);
        }
    }

    [Test]
    public async Task GetCertificate_EnoughHadIt_IsSignedByTheServersKey()
    {
        using HttpResponseMessage answer = await Server.Http.GetAsync($"{Week}/plugins.svg.json");
        string page = await Server.Http.GetStringAsync($"{Week}/plugins.svg.html");
        using JsonDocument keys = JsonDocument.Parse(await Server.Http.GetStringAsync("/.well-known/usage-reporting"));
        string key = keys.RootElement.GetProperty("receipts").GetProperty("public_key").GetString()!;

        string json = await answer.Content.ReadAsStringAsync();
        UsageCertificate certificate = UsageCertificate.Parse(json)!;
        Assert.Multiple(() =>
        {
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
            Assert.That((certificate.Product, certificate.Field, certificate.Word, certificate.Window), Is.EqualTo(("counted", "plugins", "svg", "2026-W44")));
            Assert.That((certificate.Installs, certificate.Of), Is.EqualTo((14, 24)));
            Assert.That((certificate.FirstDay, certificate.LastDay), Is.EqualTo((new DateOnly(2026, 10, 26), new DateOnly(2026, 11, 1))));
            Assert.That(certificate.PublicKey, Is.EqualTo(key));
            Assert.That(certificate.IsSignedBy(key), Is.True);
            Assert.That(UsageCertificate.Parse(json.Replace("\"installs\":14", "\"installs\":15", StringComparison.Ordinal))!.IsSignedBy(key), Is.False);
            Assert.That(page, Does.Contain("""<p class="number">14</p>""").And.Contain("&quot;installs&quot;:14"));
        });
    }

    // Each signature of the same is another one.
    [TestCase($"{Week}/plugins.svg.json"), TestCase($"{Week}/plugins.svg.html")]
    public async Task GetCertificate_Again_IsNotModified(string path)
    {
        using HttpResponseMessage first = await Server.Http.GetAsync(path);
        using HttpRequestMessage again = new(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage second = await Server.Http.SendAsync(again);

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    // Nine, nobody, a window without numbers and one that is open: one answer.
    [TestCase($"{Week}/plugins.tools%252Fio"), TestCase($"{Week}/plugins.nobody-has-it"), TestCase($"{Week}/plugins.not%2520reported")]
    [TestCase("/certificate/counted/2026-W43/plugins.svg"), TestCase("/certificate/counted/2026-W45/plugins.svg"), TestCase("/certificate/counted/2026-10/plugins.tools%252Fio")]
    public async Task GetCertificate_FewerThanTenHadIt_IsRefusedClearly(string path)
    {
        using HttpResponseMessage page = await Server.Http.GetAsync($"{path}.html");
        using HttpResponseMessage json = await Server.Http.GetAsync($"{path}.json");

        Assert.That((page.StatusCode, json.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<h1>No certificate</h1>").And.Contain("fewer than 10 installations"));
        Assert.That(json.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(await json.Content.ReadAsStringAsync(), Does.Contain("Fewer than 10 installations").And.Not.Contain("signature"));
    }

    [TestCase($"{Week}/version.1.0.json"), TestCase($"{Week}/channel.beta.json"), TestCase($"{Week}/uuid.json"), TestCase($"{Week}/plugins.svg.csv")]
    [TestCase($"{Week}/plugins.json"), TestCase("/certificate/counted/2026-W60/plugins.svg.json"), TestCase("/certificate/counted/x/plugins.svg.json")]
    [TestCase("/certificate/nope/2026-W44/plugins.svg.json"), Property("Case", 87)]
    public async Task GetCertificate_OfWhatThereIsNone_IsNotFound(string path)
    {
        using HttpResponseMessage answer = await Server.Http.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("signature").And.Not.Contain("Fewer"));
    }
}
