using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NUnit.Framework;
using VerifyNUnit;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>From reports that are posted to numbers that anybody can read, over a real socket and on a driven clock.</summary>
public sealed class StatisticsTests() : OperatedServerTests("2026-10-26T09:00:00Z")
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Test]
    public async Task GetSummary_NoNumbersYet_SaysNothing() =>
        await Verifier.Verify(await GetAsync("/stats/summary?product=paperless-ngx"));

    [Test]
    public async Task GetSummary_WeekAndMonthClosed_HasTheirNumbers()
    {
        await ReportAsync(25, "beta");
        await ReportAsync(15, "stable");
        await ReportAsync(3, "dev");
        await WaitForAsync("2026-10");
        await WaitForAsync("2026-W44");

        await Verifier.Verify(await GetAsync("/stats/summary"));
    }

    [Test]
    public async Task GetSummary_WithTheKey_HasRollingNumbersUnfolded()
    {
        await ReportAsync(2, "dev");
        await ReportAsync(1, "beta");

        using JsonDocument json = JsonDocument.Parse(await GetAsync("/stats/summary", ("X-API-Key", OperatorKey)));
        JsonElement week = json.RootElement.GetProperty("rolling").GetProperty("7d");

        Assert.That(week.GetProperty("active").GetInt32(), Is.EqualTo(3));
        Assert.That(
            week.GetProperty("fields").GetProperty("channel").GetRawText(),
            Is.EqualTo("""[{"value":"dev","installs":2,"share":0.6667,"interval":[0.2077,0.9385]},{"value":"beta","installs":1,"share":0.3333,"interval":[0.0615,0.7923]}]"""));
        Assert.That(await GetAsync("/stats/summary"), Does.Not.Contain("rolling"));
    }

    [Test]
    public async Task GetSeries_WeeksAndMonths_AreOldestFirst()
    {
        await ReportAsync(12, "beta");
        await WaitForAsync("2026-W44");
        await ReportAsync(20, "stable");
        await WaitForAsync("2026-W45");

        Assert.That(
            Series(await GetAsync("/stats/paperless-ngx/channel")),
            Is.EqualTo("""[{"window":"2026-W44","installs":12,"values":{"beta":12},"shares":{"beta":1}},{"window":"2026-W45","installs":20,"values":{"stable":20},"shares":{"stable":1}}]"""));
        Assert.That(Series(await GetAsync("/stats/paperless-ngx/channel?to=2026-11-01")), Does.Contain("W44").And.Not.Contain("W45"));
        Assert.That(Series(await GetAsync("/stats/paperless-ngx/channel?from=2026-11-02")), Does.Contain("W45").And.Not.Contain("W44"));
        Assert.That(Series(await GetAsync("/stats/paperless-ngx/channel?from=2025-01-01&to=2026-12-31")), Does.Contain("W44").And.Contain("W45"));
        Assert.That(
            Series(await GetAsync("/stats/paperless-ngx/channel?interval=month")),
            Is.EqualTo("""[{"window":"2026-10","installs":12,"values":{"beta":12},"shares":{"beta":1}}]"""));
    }

    // Version adoption: the share of each version, window by window.
    [Test]
    public async Task GetSeries_VersionsAndTheirPair_AreSharesAndCells()
    {
        await ReportCountedAsync(20, "1.0", "stable", "1.2.0");
        await ReportCountedAsync(10, "1.1", "beta", "1.3.0");
        await ReportCountedAsync(10, "1.1", "stable", "1.3.0");
        await WaitForAsync("2026-W44", "counted");

        Assert.That(
            Series(await GetAsync("/stats/counted/version")),
            Is.EqualTo("""[{"window":"2026-W44","installs":40,"values":{"1.0":20,"1.1":20},"shares":{"1.0":0.5,"1.1":0.5}}]"""));
        string pair = await GetAsync("/stats/counted/version,channel");
        Assert.That(pair, Does.StartWith("""{"product":"counted","field":"version,channel","rows":"version","columns":"channel","interval":"week","""));
        Assert.That(
            Series(pair),
            Is.EqualTo("""[{"window":"2026-W44","installs":40,"cells":[{"row":"1.0","column":"stable","installs":20,"share":0.5},"""
                + """{"row":"1.1","column":"beta","installs":10,"share":0.25},{"row":"1.1","column":"stable","installs":10,"share":0.25}]}]"""));
        Assert.That(
            Series(await GetAsync("/stats/counted/plugins/tools/io")),
            Does.Contain("""values":{"1.2.0":20,"1.3.0":20}"""));
        Assert.That(
            await GetAsync("/stats/counted/version,channel", ("Accept", "text/csv")),
            Does.Match("^window,version,channel,installs,of,share,as_of\r\n2026-W44,1.0,stable,20,40,0.5,2026-11-02T00:00:[0-9]{2}Z\r\n"));
    }

    [TestCase("/stats/counted/channel,version", HttpStatusCode.NotFound)]
    [TestCase("/stats/counted/plugins/nope", HttpStatusCode.NotFound)]
    [TestCase("/stats/counted/version/1.0", HttpStatusCode.NotFound)]
    [TestCase("/stats/counted/plugins/svg", HttpStatusCode.OK)]
    [TestCase("/stats/counted/version,channel/", HttpStatusCode.OK)]
    [TestCase("/stats/counted/_first_seen?interval=month", HttpStatusCode.OK)]
    [TestCase("/stats/paperless-ngx/nope", HttpStatusCode.NotFound)]
    [TestCase("/stats/nope/channel", HttpStatusCode.NotFound)]
    [TestCase("/stats/printernizer/erasure_key", HttpStatusCode.NotFound)]
    [TestCase("/stats/summary?product=nope", HttpStatusCode.NotFound)]
    [TestCase("/stats/summary?product=paperless-ngx&product=printernizer", HttpStatusCode.NotFound)]
    [TestCase("/stats/paperless-ngx/channel?from=2026-13-01", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?from=2026-02-29", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?from=-1", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?from=10000-01-01", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?from=", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?from=2026-01-01&from=2026-01-02", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?from=2026-02-01&to=2026-01-01", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?interval=day", HttpStatusCode.BadRequest)]
    [TestCase("/stats/paperless-ngx/channel?from=0001-01-01&to=9999-12-31", HttpStatusCode.OK)]
    [TestCase("/stats/paperless-ngx/channel?to=0001-01-01&interval=month", HttpStatusCode.OK)]
    [TestCase("/stats/anomalies", HttpStatusCode.Unauthorized)]
    [TestCase("/badge/paperless-ngx/nope.svg", HttpStatusCode.NotFound), Property("Case", 87)]
    public async Task Get_OddRequests_AreAnsweredAsTheyShould(string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await Server.Http.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(
            answer.Content.Headers.ContentType?.MediaType,
            Is.EqualTo(expected == HttpStatusCode.OK ? "application/json" : "application/problem+json"));
    }

    [Test, Property("Case", 86)]
    public async Task GetSummary_Again_IsNotModifiedAndCachedByKindOfReader()
    {
        using HttpResponseMessage first = await Server.Http.GetAsync("/stats/summary");
        using HttpRequestMessage request = new(HttpMethod.Get, "/stats/summary");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage again = await Server.Http.SendAsync(request);
        using HttpRequestMessage withKey = new(HttpMethod.Get, "/stats/summary");
        withKey.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        using HttpResponseMessage ofOperator = await Server.Http.SendAsync(withKey);

        Assert.Multiple(() =>
        {
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(first.Headers.CacheControl?.ToString(), Is.EqualTo("public, max-age=300"));
            Assert.That(ofOperator.Headers.CacheControl?.ToString(), Is.EqualTo("no-store, private"));
            Assert.That(first.Headers.Vary, Is.EquivalentTo(new[] { "Accept", "Authorization", "X-API-Key" }));
        });
    }

    [TestCase("/stats/summary"), TestCase("/stats/paperless-ngx/channel"), TestCase("/badge/paperless-ngx/new_week.svg")]
    public async Task Get_DatabaseAway_IsUnavailableAndNotKept(string path)
    {
        File.Move(Folder.Combine("usage.db"), Folder.Combine("away.db"));

        using HttpResponseMessage answer = await Server.Http.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [TestCase("text/csv", true)]
    [TestCase("text/csv, application/json;q=0.5", true)]
    [TestCase("text/*", true)]
    [TestCase("text/csv;q=0.5, application/json", false)]
    [TestCase("*/*", false)]
    [TestCase("text/csv;q=0", false)]
    [TestCase("application/json", false)]
    [TestCase("garbage;;,", false)]
    public async Task GetSummary_Accept_ChoosesTheForm(string accept, bool isCsv)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/stats/summary");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using HttpResponseMessage answer = await Server.Http.SendAsync(request);

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(isCsv ? "text/csv" : "application/json"));
    }

    [Test]
    public async Task GetBadge_WeekClosed_ShowsItsNumber()
    {
        Assert.That(await GetAsync("/badge/paperless-ngx/active_week.svg"), Does.Contain("not published"));
        await ReportAsync(12, "beta");
        await WaitForAsync("2026-W44");

        Assert.That(await GetAsync("/badge/paperless-ngx/active_week.svg"), Does.Match("<title>active 2026-W44: 12 \\(as of 2026-11-02T00:00:[0-9]{2}Z\\)</title>"));
    }

    [Test]
    public async Task GetAnomalies_WeekLost_IsTold()
    {
        await ReportAsync(20, "beta");
        await WaitForAsync("2026-W44");
        await ReportAsync(10, "beta");
        await WaitForAsync("2026-W45");
        Time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(
            await GetAsync("/stats/anomalies", ("X-API-Key", OperatorKey)),
            Is.EqualTo("""{"product":"paperless-ngx","anomalies":[{"when":"2026-W45","number":10,"expected":20,"change":-0.5}]}"""));
        using CancellationTokenSource bound = new(Bound);
        while (!Server.Log.Troubles.Any(line => line.StartsWith("paperless-ngx, 2026-W45: 10, where 20 were expected.", StringComparison.Ordinal)))
        {
            await Task.Delay(20, bound.Token);
        }
    }

    // The attack of the issue through the door itself: honest installations, four of a network and with it three in four not the
    // first, and fakes of one network. At its full size it is RollupCalculatorTests'.
    [Test, Category("Long"), Property("Case", 49)]
    public async Task PostReport_ManyFakesOfOneNetwork_MoveTheNumberByLessThanHalfAPercent()
    {
        const int Honest = 1_200;
        const int Fakes = 6_000;
        await Server.DisposeAsync();
        Server = await RunningServer.StartAsync(Folder, Time, isBehindProxy: true);
        ConcurrentBag<HttpStatusCode> answers = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, Honest + Fakes), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            int network = i / (4 * 6);
            string address = i % 6 == 0 ? $"198.{51 + (network >> 8)}.{network & 255}.{i % 251}" : $"203.0.113.{i % 256}";
            answers.Add(await Server.PostFromAsync(address, Reports.Paperless(Reports.NewId(), i % 6 == 0 ? "stable" : "dev")));
        });
        await WaitForAsync("2026-W44");

        using JsonDocument json = JsonDocument.Parse(await GetAsync("/stats/summary"));
        int active = json.RootElement.GetProperty("active_week").GetInt32();
        Assert.That(answers, Is.All.EqualTo(HttpStatusCode.NoContent));
        Assert.That(active, Is.EqualTo(Honest + 5));
        Assert.That(active, Is.EqualTo(Honest).Within(0.5).Percent);
        Assert.That(json.RootElement.GetProperty("held_back_week").GetInt32(), Is.EqualTo(Fakes - 5));
    }

    [Test]
    public async Task PostReport_HardCapConfigured_IsRateLimitedUntilMidnight()
    {
        await Server.DisposeAsync();
        Server = await RunningServer.StartAsync(Folder, Time, configure: server => server.ReportsOfNetwork = 1, isBehindProxy: true);
        await Server.PostFromAsync("203.0.113.1", Reports.Paperless(Reports.NewId()));
        using HttpRequestMessage request = new(HttpMethod.Post, "/report");
        request.Content = new StringContent(Reports.Paperless(Reports.NewId()), System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("X-Forwarded-For", "203.0.113.2");

        using HttpResponseMessage answer = await Server.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromHours(15)));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("""{"error":"rate_limited","retry_after_seconds":54000}"""));
    }

    [TestCase("10.1.2.3"), TestCase("unknown"), TestCase("::1"), Property("Case", 84)]
    public async Task PostReport_ForwardedForOfNobody_IsNotBelieved(string address)
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.That(await Server.PostFromAsync(address, Reports.Paperless(Reports.NewId())), Is.EqualTo(HttpStatusCode.NoContent));
        }

        Assert.That(Server.Query("SELECT count(*) FROM installations WHERE held = 1"), Is.EqualTo(new[] { "0" }));
    }

    private static string Series(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("series").GetRawText();
    }

    private async Task ReportAsync(int installations, string channel)
    {
        for (int i = 0; i < installations; i++)
        {
            using HttpResponseMessage answer = await Server.PostAsync(Reports.Paperless(Reports.NewId(), channel));
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task ReportCountedAsync(int installations, string version, string channel, string plugin)
    {
        for (int i = 0; i < installations; i++)
        {
            using HttpResponseMessage answer = await Server.PostAsync(
                $$$"""{"uuid":"{{{Reports.NewId()}}}","version":"{{{version}}}","channel":"{{{channel}}}","plugins":{"tools/io":"{{{plugin}}}"}}""",
                "/counted/report");
            answer.EnsureSuccessStatusCode();
        }
    }

    // Drives the clock until the window is closed, and on to the next look, which makes its numbers within 30 seconds.
    private async Task WaitForAsync(string window, string product = "paperless-ngx")
    {
        DateTimeOffset closed = window switch
        {
            "2026-10" => new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            "2026-W44" => new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero),
            _ => new(2026, 11, 9, 0, 0, 0, TimeSpan.Zero),
        };
        if (closed.AddSeconds(10) - Time.GetUtcNow() is { } left && left > TimeSpan.Zero)
        {
            Time.Advance(left);
        }

        using CancellationTokenSource bound = new(Bound);
        string made = $"SELECT made FROM rollups WHERE product = '{product}' AND window = '{window}'";
        while (Server.Query(made).Count == 0)
        {
            await Task.Delay(20, bound.Token);
        }

        Assert.That(
            DateTimeOffset.Parse(Server.Query(made).Single(), CultureInfo.InvariantCulture), Is.InRange(closed, closed.AddSeconds(30)));
    }

    private async Task<string> GetAsync(string path, (string Name, string Value)? header = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (header is { } one)
        {
            request.Headers.Add(one.Name, one.Value);
        }

        using HttpResponseMessage answer = await Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }
}
