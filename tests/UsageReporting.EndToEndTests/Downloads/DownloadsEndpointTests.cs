using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using VerifyNUnit;
using static UsageReporting.EndToEndTests.Downloads.Notifications;

namespace UsageReporting.EndToEndTests.Downloads;

public sealed partial class DownloadsEndpointTests
{
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _folder = new TemporaryFolder();
        // The last hour of a month.
        _time = new ManualTimeProvider(new DateTimeOffset(2026, 5, 31, 23, 0, 0, TimeSpan.Zero));
        _server = await RunningServer.StartAsync(_folder, _time);
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Post_TheSameAgain_CountsOnceInAnHour()
    {
        await NotifyAsync(_server.Http, Of(Akismet));
        _time.Advance(TimeSpan.FromMinutes(59));
        await NotifyAsync(_server.Http, Of(Akismet));
        long inTheHour = (await CountersAsync()).Installs();
        _time.Advance(TimeSpan.FromMinutes(1));
        await NotifyAsync(_server.Http, Of(Akismet));

        Assert.That((inTheHour, (await CountersAsync()).Installs()), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Post_OtherVersionOrAgent_CountsAgain()
    {
        await NotifyAsync(_server.Http, Of(Akismet));
        await NotifyAsync(_server.Http, Of("""{"name":"wp-plugin/akismet","version":"5.0.1.0"}"""));
        await NotifyAsync(_server.Http, Of(Akismet), "Composer/2.8.0 (Linux)");

        Assert.That((await CountersAsync()).Installs(), Is.EqualTo(3));
    }

    [Test]
    public async Task Post_FromCi_IsCountedApart()
    {
        await NotifyAsync(_server.Http, Of(Akismet), ComposerInCi);
        JsonElement counters = await CountersAsync();

        Assert.That((counters.Installs(), counters.GetProperty("ci_total").GetInt64()), Is.EqualTo((0, 1)));
        Assert.That(counters.GetProperty("last_installed_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("{\"downloads\":7}")]
    [TestCase("{\"downloads\":[null,7,[],{}]}")]
    [TestCase("version=4.9&version_normalized=4.9.0.0")]
    [TestCase("\u0000\u0001\uffff", TestName = "Post_ControlCharacters_IsOkAndCountsNothing")]
    public async Task Post_AnythingElse_IsOkAndCountsNothing(string body)
    {
        await NotifyAsync(_server.Http, body);

        Assert.That(_server.Query("SELECT count(*) FROM package_installs"), Is.EqualTo(new[] { "0" }));
        Assert.That(_server.Log.Troubles, Is.Empty);
    }

    [Test]
    public async Task Post_BadAndUnknownEntries_CostNoOther()
    {
        await NotifyAsync(_server.Http, Of(
            "null", """{"name":"symfony/console","version":"7.0.0.0"}""", Akismet, """{"name":["wp-plugin/a"],"version":"1.0.0.0"}""",
            """{"name":"wp-theme/astra","version":"4.0.0.0"}"""));

        Assert.That(
            _server.Query("SELECT package, version FROM package_installs ORDER BY id"),
            Is.EqualTo(new[] { "wp-plugin/akismet|5.0.0.0", "wp-theme/astra|4.0.0.0" }));
    }

    [Test]
    public async Task Post_MoreThanAMegabyte_LooksAtTheFirst()
    {
        string large = Of(Akismet, $"\"{new string('x', 2_000_000)}\"", """{"name":"wp-theme/astra","version":"4.0.0.0"}""");

        await NotifyAsync(_server.Http, large);

        Assert.That(_server.Query("SELECT package FROM package_installs"), Is.EqualTo(new[] { "wp-plugin/akismet" }));
        Assert.That(_server.Log.Troubles, Is.Empty);
    }

    [Test]
    public async Task Post_BrokenOffInTheMiddle_IsNoTrouble()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);
        await connection.SendAsync(
            $"POST /downloads HTTP/1.1\r\nHost: {_server.Address.Authority}\r\nContent-Length: 5000\r\n\r\n{{\"downloads\":[{Akismet},");
        connection.Reset();
        await NotifyAsync(_server.Http, Of(Akismet));

        Assert.That((await CountersAsync()).Installs(), Is.Not.Zero);
        Assert.That(_server.Log.Troubles, Is.Empty);
    }

    [TestCase("X-Forwarded-For", "198.51.100.1", "198.51.100.2")]
    [TestCase("X-Forwarded-For", "unknown", "fe80::1%eth0")]
    [TestCase("X-Forwarded-For", "_hidden, for=1", "1.2.3.4:99999")]
    [TestCase("X-Real-IP", "198.51.100.1", "2001:db8::1")]
    [TestCase("Forwarded", "for=198.51.100.1", "for=\"[2001:db8::1]:4711\"")]
    [Property("Case", 84)]
    public async Task Post_ForgedAddress_DoesNotCountTwice(string header, string one, string other)
    {
        await NotifyAsync(_server.Http, Of(Akismet));
        await NotifyAsync(_server.Http, Of(Akismet), Composer, (header, one));
        await NotifyAsync(_server.Http, Of(Akismet), Composer, (header, other));
        await NotifyAsync(_server.Http, Of(Akismet), Composer, (header, string.Join(',', Enumerable.Repeat(one, 100))));

        Assert.That((await CountersAsync()).Installs(), Is.EqualTo(1));
    }

    [Test]
    public async Task Get_Downloads_IsNotAllowed()
    {
        using HttpResponseMessage answer = await _server.Http.GetAsync("/downloads");

        Assert.That((answer.StatusCode, answer.Content.Headers.Allow), Is.EqualTo((HttpStatusCode.MethodNotAllowed, new[] { "POST" })));
    }

    [Test]
    public async Task Get_Packages_AnswersInTheFormOfTheContract()
    {
        await NotifyAsync(_server.Http, Of(Akismet, """{"name":"wp-theme/astra","version":"4.0.0.0"}"""));
        _time.Advance(TimeSpan.FromHours(1));
        await NotifyAsync(_server.Http, Of(Akismet));
        await NotifyAsync(_server.Http, Of(Akismet), ComposerInCi);
        await CountersAsync();

        string[] answers =
        [
            .. await Task.WhenAll(new[]
            {
                "/packages/wp-plugin/akismet", "/packages/wp-plugin/unheard-of", "/packages?sort=installs", "/packages?page=2",
            }.Select(async path => $"{path}\n{await _server.Http.GetStringAsync(path)}\n")),
        ];

        // The job may have run again since.
        await Verifier.Verify(AsOf().Replace(string.Join('\n', answers), "$1…"));
    }

    [TestCase("/packages/symfony/console", 404)]
    [TestCase("/packages/symfony/console/badge.svg", 404)]
    [TestCase("/packages/WP-Plugin/akismet", 404)]
    [TestCase("/packages?sort=popular", 400)]
    [TestCase("/packages?page=0", 400)]
    [TestCase("/packages?page=99999999999", 400)]
    public async Task Get_WhatIsNotThere_IsAProblem(string path, int status)
    {
        using HttpResponseMessage answer = await _server.Http.GetAsync(path);

        Assert.That(((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")));
    }

    [Test]
    public async Task Get_Badge_ShowsTheInstalls()
    {
        await NotifyAsync(_server.Http, Of(Akismet));
        await CountersAsync();

        using HttpResponseMessage answer = await _server.Http.GetAsync("/packages/wp-plugin/akismet/badge.svg");

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<title>installs: 1</title>"));
    }

    [Test]
    public async Task Get_DatabaseGone_IsUnavailable()
    {
        Directory.GetFiles(_folder.Path, "usage.db*").ToList().ForEach(File.Delete);

        using HttpResponseMessage answer = await _server.Http.GetAsync("/packages/wp-plugin/akismet");

        Assert.That((answer.StatusCode, answer.Headers.RetryAfter?.Delta), Is.EqualTo((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30))));
    }

    // The job is driven as time passes, in steps that no hour notices.
    private Task<JsonElement> CountersAsync() =>
        CurrentAsync(_server.Http, "wp-plugin/akismet", () => _time.Advance(TimeSpan.FromSeconds(0.5)));

    [GeneratedRegex("(\"as_of\":\")[^\"]*")]
    private static partial Regex AsOf();
}
