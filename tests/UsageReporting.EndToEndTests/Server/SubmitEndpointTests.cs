using System.Net;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary><c>POST /submit</c> in the style of document 001, over real sockets.</summary>
public sealed class SubmitEndpointTests
{
    private const string Key = "key-of-the-product";
    private const string OperatorKey = "key-of-the-operator";

    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider();
        _server = await RunningServer.StartAsync(
            _folder,
            _time,
            configure: server => server.AdminKey = OperatorKey,
            printernizer: product =>
            {
                product.AnswerStyle = UsageAnswerStyle.Submission;
                product.ApiKey = Key;
                product.ReportsPerHour = 10;
            });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase(Key)]
    [TestCase(OperatorKey)]
    public async Task Post_GoodReport_IsStoredAndSaysItsNumber(string key)
    {
        for (int i = 1; i <= 2; i++)
        {
            using HttpResponseMessage answer = await PostAsync(Reports.Printernizer(Reports.NewId()), key);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json"));
            Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo($$"""{"status":"success","submission_id":{{i}}}"""));
            Assert.That(_server.Query("SELECT max(id) FROM reports_printernizer"), Is.EqualTo(new[] { $"{i}" }));
        }
    }

    [Test]
    public async Task Post_ReportOfThatSystemsClient_IsUnderstood()
    {
        // What is not in the schema is left aside, and no erasure key is needed.
        using HttpResponseMessage answer = await PostAsync(
            $$$$"""
            {"schema_version":"1.0","submission_timestamp":"2025-11-21T10:00:00Z",
             "installation":{"installation_id":"{{{{Reports.Id}}}}","first_seen":"2025-10-01T08:00:00Z","app_version":"v2.9.1-5-gabc123-dirty",
                             "python_version":"3.12.3","platform":"linux","deployment_mode":"homeassistant","country_code":"DE"},
             "period":{"start":"2025-11-14T00:00:00Z","end":"2025-11-21T00:00:00Z","duration_days":7},
             "printer_fleet":{"printer_count":3,"printer_types":["bambu_lab","prusa_core"],"printer_type_counts":{"bambu_lab":2,"prusa_core":1} },
             "usage_stats":{"job_count":23,"file_count":18,"upload_count":5,"uptime_hours":168,"feature_usage":{"library_enabled":true,"something_new":false} },
             "error_summary":{"connection_errors":2} }
            """);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        Assert.That(
            _server.Query(
                "SELECT installation_first_seen, installation_deployment_mode, installation_country_code, period_start, usage_stats_job_count, "
                + "usage_stats_uptime_hours, erasure_key FROM reports_printernizer"),
            Is.EqualTo(new[] { "2025-10-01T08:00:00Z|homeassistant|DE|2025-11-14T00:00:00Z|23|168|" }));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("of somebody else")]
    [TestCase("key-of-the-produc")]
    [Property("Case", 85)]
    public async Task Post_WithoutTheKey_IsTheSameRefusal(string? key)
    {
        using HttpResponseMessage answer = await PostAsync("this is not even looked at", key);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(
            await answer.Content.ReadAsStringAsync(),
            Is.EqualTo(
                """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.2","title":"Unauthorized","status":401,"detail":"Reports of this product are sent with its key."}"""));
        Assert.That(_server.Query("SELECT count(*) FROM reports_printernizer"), Is.EqualTo(new[] { "0" }));
    }

    [Test, Property("Case", 85)]
    public async Task Post_KeyTwice_IsRefused()
    {
        using HttpRequestMessage request = Request(Reports.Printernizer());
        request.Headers.Add("X-API-Key", [Key, Key]);
        using HttpResponseMessage answer = await _server.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Post_OtherProduct_NeedsNoKey()
    {
        using HttpResponseMessage answer = await _server.PostAsync(Reports.Paperless());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Post_SecondWithinTheWindow_IsAnsweredAsEverywhere()
    {
        await PostedAsync();
        using HttpResponseMessage answer = await PostAsync(Reports.Printernizer());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(
            await answer.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"error":"already_submitted","last_sent":"2026-05-18T12:00:00Z","retry_after_days":7,"same_report":true}"""));
    }

    [Test]
    public async Task Post_EleventhOfAnHour_IsRateLimitedAndTheNextHourIsNot()
    {
        List<string> errors = [];
        for (int i = 0; i < 12; i++)
        {
            errors.Add(await PostedAsync());
        }

        _time.Advance(TimeSpan.FromMinutes(20));
        using HttpResponseMessage refused = await PostAsync(Reports.Printernizer());
        using HttpResponseMessage other = await PostAsync(Reports.Printernizer(Reports.NewId()));
        _time.Advance(TimeSpan.FromMinutes(40));

        Assert.That(
            errors, Is.EqualTo(new[] { "" }.Concat(Enumerable.Repeat("already_submitted", 9)).Concat(Enumerable.Repeat("rate_limited", 2))));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromMinutes(40)));
        Assert.That(await refused.Content.ReadAsStringAsync(), Is.EqualTo("""{"error":"rate_limited","retry_after_seconds":2400}"""));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await PostedAsync(), Is.EqualTo("already_submitted"));
    }

    private async Task<string> PostedAsync()
    {
        using HttpResponseMessage answer = await PostAsync(Reports.Printernizer());
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.TryGetProperty("error", out JsonElement error) ? error.GetString()! : "";
    }

    private async Task<HttpResponseMessage> PostAsync(string report, string? key = Key)
    {
        using HttpRequestMessage request = Request(report);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        }

        return await _server.Http.SendAsync(request);
    }

    private static HttpRequestMessage Request(string report) => new(HttpMethod.Post, "/submit")
    {
        Content = new StringContent(report, Encoding.UTF8, "application/json"),
    };
}
