using System.Net;
using System.Net.Http.Headers;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.EndToEndTests.Server;

public sealed class SchemaAndHealthTests
{
    private TemporaryFolder _folder = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await RunningServer.StartAsync(_folder);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task GetSchema_KnownProduct_IsItsCanonicalJsonWithAStrongTag()
    {
        using HttpResponseMessage answer = await _server.Http.GetAsync("/schema/paperless-ngx");

        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json"));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(SeedSchemas.PaperlessNgx.ToJson()));
        Assert.That(answer.Headers.ETag, Has.Property(nameof(EntityTagHeaderValue.IsWeak)).False);
    }

    [TestCase("\"x\", {0}"), TestCase("W/{0}"), TestCase("*")]
    public async Task GetSchema_WithItsTag_IsNotModified(string condition)
    {
        using HttpResponseMessage first = await _server.Http.GetAsync("/schema/paperless-ngx");
        HttpRequestMessage request = new(HttpMethod.Get, "/schema/paperless-ngx");
        request.Headers.TryAddWithoutValidation("If-None-Match", condition.Replace("{0}", first.Headers.ETag!.Tag, StringComparison.Ordinal));

        using HttpResponseMessage again = await _server.Http.SendAsync(request);

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(again.Headers.ETag, Is.EqualTo(first.Headers.ETag));
    }

    [TestCase("/schema/nope"), TestCase("/schema/Paperless-NGX"), TestCase("/schema/..%2fx")]
    public async Task GetSchema_UnknownProduct_IsAProblem(string path)
    {
        using HttpResponseMessage answer = await _server.Http.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task GetLive_Running_IsOk()
    {
        using HttpResponseMessage answer = await _server.Http.GetAsync("/healthz/live");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task GetReady_Twice_HasWrittenTwice()
    {
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage answer = await _server.Http.GetAsync("/healthz/ready");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(_server.Query("SELECT checked FROM readiness"), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task GetReady_DatabaseLocked_IsUnavailableAndRecovers()
    {
        using (Microsoft.Data.Sqlite.SqliteConnection other = new($"Data Source={_folder.Combine("usage.db")};Pooling=False"))
        {
            other.Open();
            using Microsoft.Data.Sqlite.SqliteTransaction lockOfAnother = other.BeginTransaction();
            using HttpResponseMessage locked = await _server.Http.GetAsync("/healthz/ready");
            using HttpResponseMessage report = await _server.PostAsync(Reports.Paperless());

            foreach (HttpResponseMessage answer in new[] { locked, report })
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
                Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));
                Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            }
        }

        using HttpResponseMessage ready = await _server.Http.GetAsync("/healthz/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
