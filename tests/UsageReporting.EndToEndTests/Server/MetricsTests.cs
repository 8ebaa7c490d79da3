using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Downloads;
using UsageReporting.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>What the server says about itself, over a real socket and after real traffic.</summary>
public sealed partial class MetricsTests() : OperatedServerTests("2026-10-26T09:00:00Z")
{
    private static readonly string[] Products = ["paperless-ngx", "printernizer", "counted"];

    [Test, RequiresTool("promtool", "prometheus")]
    public async Task GetMetrics_AfterTraffic_IsWhatPromtoolAccepts()
    {
        string metrics = await AfterTrafficAsync();

        ChildResult check = await ChildProcess.RunAsync(
            "promtool", ["check", "metrics"], new ChildOptions { Input = ChildInput.Text(metrics) });

        Assert.That((check.ExitCode, check.Output, check.Error), Is.EqualTo((0, "", "")));
        foreach (string line in new[]
        {
            "usage_reporting_reports_total{product=\"paperless-ngx\",outcome=\"accepted\"} 2",
            "usage_reporting_reports_total{product=\"paperless-ngx\",outcome=\"already_reported\"} 1",
            "usage_reporting_reports_total{product=\"paperless-ngx\",outcome=\"rejected\",reason=\"invalid\"} 1",
            "usage_reporting_reports_total{product=\"paperless-ngx\",outcome=\"rejected\",reason=\"media_type\"} 1",
            "usage_reporting_reports_total{product=\"paperless-ngx\",outcome=\"rejected\",reason=\"method\"} 1",
            "usage_reporting_unknown_fields_total{product=\"paperless-ngx\"} 1",
            "usage_reporting_installs_total{outcome=\"counted\"} 1",
            "usage_reporting_rollup_duration_seconds_count{product=\"paperless-ngx\",interval=\"week\"} 1",
        })
        {
            Assert.That(metrics, Does.Contain($"\n{line}\n"));
        }

        // What is counted may be made into numbers just then.
        Assert.That(Sample(metrics, "usage_reporting_queue_depth"), Is.InRange(0, 5));
        Assert.That(Sample(metrics, "usage_reporting_batch_size_sum"), Is.GreaterThanOrEqualTo(4));
        Assert.That(
            Sample(metrics, "usage_reporting_commit_duration_seconds_count"), Is.EqualTo(Sample(metrics, "usage_reporting_batch_size_count")));
        // A week that ended on Monday, seen on Tuesday.
        Assert.That(
            Sample(metrics, "usage_reporting_rollup_age_seconds{product=\"paperless-ngx\",interval=\"week\"}"),
            Is.InRange(TimeSpan.FromDays(1).TotalSeconds, TimeSpan.FromDays(2).TotalSeconds));
    }

    [Test]
    public async Task GetMetrics_AfterTraffic_HasNothingThatCameWithARequest()
    {
        string metrics = await AfterTrafficAsync();

        string[] labels = [.. Label().Matches(metrics).Select(label => label.Value).Distinct()];
        Assert.That(labels.Where(label => !label.StartsWith("le=", StringComparison.Ordinal)), Is.SubsetOf(
            Products.Select(product => $"product=\"{product}\"")
                .Concat(["interval=\"week\"", "interval=\"month\"", "outcome=\"accepted\"", "outcome=\"already_reported\""])
                .Concat(["outcome=\"rejected\"", "outcome=\"counted\"", "outcome=\"unknown\""])
                .Concat(["reason=\"invalid\"", "reason=\"media_type\"", "reason=\"method\""])));
        Assert.That(metrics, Does.Not.Contain("akismet").And.Not.Contain("127.0.0.1").And.Not.Contain(Reports.Id));
    }

    [Test]
    public async Task GetMetrics_ByAnybody_IsRefused()
    {
        string ofAProduct = Server.Keys.Add("paperless-ngx", UsageKeyScopes.Read).Text;
        string reporter = Server.Keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Report).Text;
        string reader = Server.Keys.Add(UsageKey.EveryProduct, UsageKeyScopes.Read).Text;

        await UntilAsync(async () => await StatusAsync(reader) == HttpStatusCode.OK);
        Assert.That(await StatusAsync(OperatorKey), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(reporter), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(ofAProduct), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync("nonsense"), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task GetMetrics_Answer_IsTextOfThatVersion()
    {
        using HttpResponseMessage answer = await GetAsync(OperatorKey);

        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
    }

    private async Task<string> AfterTrafficAsync()
    {
        string other = Reports.Paperless(Reports.NewId()).Replace("{\"uuid\"", "{\"somebody\":\"new\",\"uuid\"", StringComparison.Ordinal);
        foreach ((string report, HttpStatusCode expected) in new[]
        {
            (Reports.Paperless(), HttpStatusCode.NoContent),
            (Reports.Paperless(), HttpStatusCode.TooManyRequests),
            (other, HttpStatusCode.NoContent),
            ("{}", HttpStatusCode.BadRequest),
        })
        {
            using HttpResponseMessage answer = await Server.PostAsync(report);
            Assert.That(answer.StatusCode, Is.EqualTo(expected));
        }

        (await Server.PostAsync([], "text/plain")).Dispose();
        (await Server.Http.GetAsync("/report")).Dispose();
        (await Server.Http.GetAsync("/healthz/ready")).Dispose();
        await Notifications.NotifyAsync(Server.Http, Notifications.Of(Notifications.Akismet, """{"name":"a/b","version":"1.0.0.0"}"""));
        await Notifications.CurrentAsync(Server.Http, "wp-plugin/akismet", () => Time.Advance(TimeSpan.FromSeconds(1)), atLeast: 1);

        Time.SetUtcNow(new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero));
        const string Made = "rollup_duration_seconds_count{product=\"paperless-ngx\",interval=\"week\"}";
        string metrics = "";
        await UntilAsync(async () =>
        {
            Time.Advance(TimeSpan.FromSeconds(10));
            metrics = await ReadAsync();
            return metrics.Contains(Made, StringComparison.Ordinal);
        });
        return metrics;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(20, bound.Token);
        }
    }

    private async Task<string> ReadAsync()
    {
        using HttpResponseMessage answer = await GetAsync(OperatorKey);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using HttpResponseMessage answer = await GetAsync(key);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> GetAsync(string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = new("Bearer", key);
        return await Server.Http.SendAsync(request);
    }

    private static double Sample(string metrics, string name) => double.Parse(
        metrics.Split('\n').Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).Split(' ')[^1],
        CultureInfo.InvariantCulture);

    [GeneratedRegex("[a-z_]+=\"[^\"]*\"")]
    private static partial Regex Label();
}
