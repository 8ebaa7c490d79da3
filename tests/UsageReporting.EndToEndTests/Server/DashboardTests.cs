using System.Net;
using System.Net.Http.Headers;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The dashboard over a real socket: who gets what, and what stands around it. How it looks is for a browser to say.</summary>
public sealed class DashboardTests
{
    private const string Key = "the-operators-key";

    private TemporaryFolder _folder = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await RunningServer.StartAsync(
            _folder, configure: server => server.AdminKey = Key, printernizer: product => product.PublicStatistics = false);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase("/", "text/html"), TestCase("/index.html", "text/html"), TestCase("/paperless-ngx/", "text/html")]
    [TestCase("/paperless-ngx/year.html", "text/html"), TestCase("/paperless-ngx/about.html", "text/html")]
    [TestCase("/paperless-ngx/fields.html", "text/html"), TestCase("/packages.html", "text/html")]
    [TestCase("/chart/paperless-ngx/channel.html", "text/html"), TestCase("/chart/paperless-ngx/all/_first_seen.html", "text/html")]
    [TestCase("/chart/counted/plugins.tools%252Fio.html", "text/html"), TestCase("/chart/counted/version,channel.html", "text/html")]
    [TestCase("/dashboard.css", "text/css"), TestCase("/dashboard.js", "text/javascript"), TestCase("/icon.svg", "image/svg+xml")]
    [TestCase("/paperless-ngx/summary.json", "application/json"), TestCase("/paperless-ngx/channel.week.csv", "text/csv")]
    [TestCase("/paperless-ngx/active_week.svg", "image/svg+xml"), TestCase("/paperless-ngx/schema.json", "application/json")]
    public async Task Get_AFile_IsItsTypeAndNothingMayBeLoadedFromElsewhere(string path, string type)
    {
        using HttpResponseMessage answer = await _server.Http.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(type));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'").And.Not.Contain("unsafe"));
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(answer.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("public, max-age=300"));
    }

    [TestCase("/"), TestCase("/paperless-ngx/"), TestCase("/chart/paperless-ngx/year/_active.html"), TestCase("/chart.css"), Property("Case", 86)]
    public async Task Get_Again_IsNotModified(string path)
    {
        using HttpResponseMessage first = await _server.Http.GetAsync(path);
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage again = await _server.Http.SendAsync(request);

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [TestCase("/paperless-ngx/x.css")]
    [TestCase("/paperless-ngx/nope.html")]
    [TestCase("/paperless-ngx/nope.week.json")]
    [TestCase("/paperless-ngx/uuid.week.json")]
    [TestCase("/paperless-ngx/channel.day.json")]
    [TestCase("/paperless-ngx/..%2f..%2fusage.db")]
    [TestCase("/chart/paperless-ngx/nope.html")]
    [TestCase("/chart/paperless-ngx/channel.png")]
    [TestCase("/chart/paperless-ngx/channel.svg")]
    [TestCase("/chart/paperless-ngx/decade/channel.html")]
    [TestCase("/chart/paperless-ngx/week/_first_seen.html")]
    [TestCase("/chart/counted/plugins.nope.html")]
    [TestCase("/chart/counted/year/version,channel.html")]
    [TestCase("/nope/")]
    [TestCase("/nope/index.html"), Property("Case", 86), Property("Case", 87)]
    public async Task Get_WhatIsNotThere_IsNotFound(string path)
    {
        using HttpResponseMessage answer = await _server.Http.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    // Pages take no query: there is nothing in it to be huge, negative or unknown.
    [TestCase("?from=-1&to=10000-01-01"), TestCase("?interval=<script>"), Property("Case", 87)]
    public async Task Get_WithAQuery_IsThePageWithout(string query) => Assert.That(
        await _server.Http.GetStringAsync($"/paperless-ngx/{query}"), Is.EqualTo(await _server.Http.GetStringAsync("/paperless-ngx/")));

    [Test]
    public async Task Get_FolderWithoutASlash_LeadsToItAndNowhereElse()
    {
        string answer = await _server.SendRawAsync("GET /paperless-ngx HTTP/1.1");

        Assert.That(answer, Does.StartWith("HTTP/1.1 308").And.Contain("\r\nLocation: ./paperless-ngx/\r\n"));
    }

    // All links are relative.
    [TestCase("/usage", "./usage/"), TestCase("/usage/paperless-ngx", "./paperless-ngx/")]
    public async Task Get_FolderBelowAPathBase_LeadsToItsSlash(string path, string to)
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await RunningServer.StartAsync(folder, pathBase: "/usage");

        Assert.That(await server.SendRawAsync($"GET {path} HTTP/1.1"), Does.StartWith("HTTP/1.1 308").And.Contain($"\r\nLocation: {to}\r\n"));
        Assert.That(await server.SendRawAsync($"GET {path}/ HTTP/1.1"), Does.StartWith("HTTP/1.1 200"));
    }

    [Test]
    public async Task Get_NumbersBesideThePage_AreThoseOfTheApi()
    {
        foreach ((string file, string api) in new[]
        {
            ("summary.json", "/stats/summary"), ("channel.week.json", "/stats/paperless-ngx/channel"),
            ("channel.month.json", "/stats/paperless-ngx/channel?interval=month"), ("schema.json", "/schema/paperless-ngx"),
        })
        {
            Assert.That(await _server.Http.GetStringAsync($"/paperless-ngx/{file}"), Is.EqualTo(await _server.Http.GetStringAsync(api)), file);
        }
    }

    [Test]
    public async Task Get_ProductThatIsNotPublic_NeedsTheKey()
    {
        string[] paths = ["/printernizer/", "/printernizer/summary.json", "/chart/printernizer/year/_active.html"];
        foreach (string path in paths)
        {
            using HttpResponseMessage ofAnybody = await _server.Http.GetAsync(path);
            using HttpResponseMessage ofOperator = await GetWithKeyAsync(path);

            Assert.That(ofAnybody.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
            Assert.That(ofOperator.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
            Assert.That(ofOperator.Headers.CacheControl?.ToString(), Is.EqualTo("no-store, private"), path);
        }

        using HttpResponseMessage about = await GetWithKeyAsync("/printernizer/about.html");
        Assert.That(await about.Content.ReadAsStringAsync(), Does.Contain("by those whom the operator lets in").And.Not.Contain("Everybody can see"));
        Assert.That(await _server.Http.GetStringAsync("/paperless-ngx/about.html"), Does.Contain("Everybody can see").And.Contain("and the number that is told of below"));
        using HttpResponseMessage fields = await GetWithKeyAsync("/printernizer/fields.html");
        Assert.That(await fields.Content.ReadAsStringAsync(), Does.Contain("<span>For readers with a key</span>").And.Not.Contain("<span>Published</span>"));
        Assert.That(await _server.Http.GetStringAsync("/packages.html"), Does.Not.Contain("Nothing is shown of fewer"));
        Assert.That(await _server.Http.GetStringAsync("/"), Does.Not.Contain("printernizer"));
        using HttpResponseMessage overview = await GetWithKeyAsync("/");
        Assert.That(await overview.Content.ReadAsStringAsync(), Does.Contain("printernizer"));
    }

    [Test]
    public async Task Get_DatabaseAway_IsUnavailableAndNotKept()
    {
        File.Move(_folder.Combine("usage.db"), _folder.Combine("away.db"));

        using HttpResponseMessage answer = await _server.Http.GetAsync("/paperless-ngx/");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
    }

    private async Task<HttpResponseMessage> GetWithKeyAsync(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return await _server.Http.SendAsync(request);
    }
}
