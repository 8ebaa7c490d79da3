using System.Net;
using System.Text;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Who may report and read where products have keys, over a real socket.</summary>
public sealed class KeysTests
{
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider();
        _server = await RunningServer.StartAsync(_folder, _time, configure: server => server.AdminKey = "the-operators-key");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test, Property("Case", 85)]
    public async Task PostReport_WhateverIsWrongWithTheKey_IsAnsweredInTheSameBytes()
    {
        DateTimeOffset now = _time.GetUtcNow();
        string good = await AddAsync("paperless-ngx", UsageKeyScopes.Report);
        string expired = await AddAsync("paperless-ngx", UsageKeyScopes.Report, expires: now);
        string early = await AddAsync("paperless-ngx", UsageKeyScopes.Report, notBefore: now.AddSeconds(1));
        string ofAnother = await AddAsync("printernizer", UsageKeyScopes.Report);
        (UsageKey key, string revoked) = _server.Keys.Add("paperless-ngx", UsageKeyScopes.Report);
        await WaitForAsync("/report", revoked, HttpStatusCode.NoContent);
        _server.Keys.Revoke(key.Id);
        await WaitForAsync("/report", revoked, HttpStatusCode.Unauthorized);

        string absent = await SendAsync("");
        string[] others =
        [
            .. await Task.WhenAll(
                new[]
                {
                    "X-API-Key:\r\n", Header(expired), Header(early), Header(ofAnother), Header(revoked), Header(good[..^1]), Header($"{good}0"),
                    Header(good.ToUpperInvariant()), Header("Ã¼"), Header(new string('k', 7_000)), Header(good) + Header(good),
                    $"Authorization: {good}\r\n", $"Authorization: Basic {good}\r\n",
                }.Select(SendAsync)),
        ];

        Assert.That(absent, Does.StartWith("HTTP/1.1 401 Unauthorized\r\n").And.Contain("WWW-Authenticate: Bearer\r\n").And.Contain("application/problem+json"));
        Assert.That(others, Is.All.EqualTo(absent));
        Assert.That(await SendAsync(Header(good)), Does.StartWith("HTTP/1.1 204"));
        Assert.That(await SendAsync($"Authorization: Bearer {good}\r\n"), Does.StartWith("HTTP/1.1 204"));
        Assert.That(await SendAsync(Header("the-operators-key")), Does.StartWith("HTTP/1.1 204"));
        // What is no text at all, and more than all headers may have, is refused by Kestrel, before anybody reads it.
        Assert.That(await SendAsync(Header("ü")), Does.StartWith("HTTP/1.1 400"));
        Assert.That(await SendAsync(Header(new string('k', 10_000))), Does.StartWith("HTTP/1.1 431"));
    }

    [Test]
    public async Task PostReport_KeyOfAnotherScope_IsForbidden()
    {
        await AddAsync("paperless-ngx", UsageKeyScopes.Report);
        string reader = await AddAsync("paperless-ngx", UsageKeyScopes.Read | UsageKeyScopes.Admin);

        Assert.That(await SendAsync(Header(reader)), Does.StartWith("HTTP/1.1 403 Forbidden\r\n").And.Contain("application/problem+json"));
    }

    [Test]
    public async Task PostReport_OfAProductWithoutKeys_NeedsNone()
    {
        await AddAsync("printernizer", UsageKeyScopes.Report);
        await AddAsync("paperless-ngx", UsageKeyScopes.Read);

        Assert.That(await SendAsync(""), Does.StartWith("HTTP/1.1 204"));
        Assert.That(await SendAsync(Header("nonsense")), Does.StartWith("HTTP/1.1 204"));
    }

    [Test]
    public async Task GetStatistics_WithAKeyOfTheProduct_IsAllowedAndNoted()
    {
        (UsageKey key, string text) = _server.Keys.Add("paperless-ngx", UsageKeyScopes.Read);
        await WaitForAsync("/stats/anomalies", text, HttpStatusCode.OK);
        string ofAnother = await AddAsync("printernizer", UsageKeyScopes.Read);
        string reporter = await AddAsync("paperless-ngx", UsageKeyScopes.Report);

        Assert.That(await StatusAsync("/stats/anomalies", ofAnother), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync("/stats/anomalies", reporter), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync("/stats/summary", ofAnother), Is.EqualTo(HttpStatusCode.OK), "These are public.");
        Assert.That(_server.Log.All.Distinct().Where(line => line.Contains("of paperless-ngx: allowed", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            $"What was odd of paperless-ngx: allowed to the key {key.Id}. ",
        }));
    }

    private static string Header(string key) => $"X-API-Key: {key}\r\n";

    private async Task<string> SendAsync(string headers)
    {
        string body = Reports.Paperless(Reports.NewId());
        string answer = await _server.SendRawAsync(
            $"POST /report HTTP/1.1\r\n{headers}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}", body);
        return string.Join("\r\n", answer.Split("\r\n").Where(line => !line.StartsWith("Date: ", StringComparison.Ordinal)));
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string key)
    {
        using HttpRequestMessage request = new(path == "/report" ? HttpMethod.Post : HttpMethod.Get, path);
        request.Headers.Add("X-API-Key", key);
        request.Content = path == "/report" ? new StringContent(Reports.Paperless(Reports.NewId()), Encoding.UTF8, "application/json") : null;
        using HttpResponseMessage answer = await _server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    // Waits until the server knows the key: it opens its own product's door, or is not the key for it.
    private async Task<string> AddAsync(
        string product, UsageKeyScopes scopes, DateTimeOffset? notBefore = null, DateTimeOffset? expires = null)
    {
        string text = _server.Keys.Add(product, scopes, notBefore, expires).Text;
        (_, string marker) = _server.Keys.Add("printernizer", UsageKeyScopes.Read);
        await WaitForAsync("/stats/anomalies?product=printernizer", marker, HttpStatusCode.OK);
        return text;
    }

    private async Task WaitForAsync(string path, string key, HttpStatusCode expected)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(20));
        while (await StatusAsync(path, key) != expected)
        {
            await Task.Delay(20, bound.Token);
        }
    }
}
