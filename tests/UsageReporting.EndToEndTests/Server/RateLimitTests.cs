using System.Net;
using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>How often anybody may come, where that is limited.</summary>
public sealed class RateLimitTests
{
    private TemporaryFolder _folder = null!;
    private ManualTimeProvider _time = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _time = new ManualTimeProvider(new DateTimeOffset(2026, 5, 18, 12, 0, 3, TimeSpan.Zero));
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Post_MoreOfANetworkThanAllowed_IsRateLimitedUntilTheNextMinute()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            _folder, _time, configure: options => options.RequestsOfNetworkPerMinute = 3, isBehindProxy: true);
        await server.PostFromAsync("192.0.2.1", Reports.Paperless(Reports.NewId()));
        await server.PostFromAsync("192.0.2.2", "nonsense");
        await AskAsync(server, "/installation/export", "192.0.2.3", "{}");

        foreach (string path in new[] { "/report", "/installation/erase", "/installation/export" })
        {
            (HttpStatusCode status, string answer, TimeSpan? wait) = await AskAsync(server, path, "192.0.2.4", "{}");
            Assert.That(status, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(answer, Is.EqualTo("""{"error":"rate_limited","retry_after_seconds":57}"""));
            Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(57)));
        }

        Assert.That(await server.PostFromAsync("198.51.100.1", Reports.Paperless(Reports.NewId())), Is.EqualTo(HttpStatusCode.NoContent));
        _time.Advance(TimeSpan.FromSeconds(57));
        Assert.That(await server.PostFromAsync("192.0.2.4", Reports.Paperless(Reports.NewId())), Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Post_MoreOfAnInstallationThanAllowed_IsRateLimitedUntilTheNextHour()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            _folder, _time, printernizer: options => options.ReportsPerHour = 2);
        List<string> answers = [];
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage answer = await server.PostAsync(Reports.Printernizer(), "/printernizer/report");
            string text = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            answers.Add(text[..Math.Min(20, text.Length)]);
        }

        using HttpResponseMessage other = await server.PostAsync(Reports.Printernizer(Reports.NewId()), "/printernizer/report");

        Assert.That(answers, Is.EqualTo(new[] { "204 ", "429 {\"error\":\"alread", "429 {\"error\":\"rate_l" }));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCase("/stats/anomalies", HttpStatusCode.Unauthorized), TestCase("/stats/summary", HttpStatusCode.OK)]
    public async Task Get_WrongKeys_AreCountedAndEndAlsoTheRightOne(string path, HttpStatusCode answered)
    {
        await using RunningServer server = await RunningServer.StartAsync(
            _folder,
            _time,
            configure: options =>
            {
                options.RequestsOfNetworkPerMinute = 3;
                options.AdminKey = "monday";
            },
            isBehindProxy: true);
        HttpStatusCode[] guesses = await GetAsync("192.0.2.1", "friday", "saturday", "sunday", "monday");

        Assert.That(guesses, Is.EqualTo(new[] { answered, answered, answered, HttpStatusCode.TooManyRequests }));
        Assert.That(await GetAsync("198.51.100.1", "monday", "monday", "monday", "monday"), Is.All.EqualTo(HttpStatusCode.OK));

        async Task<HttpStatusCode[]> GetAsync(string address, params string[] keys)
        {
            List<HttpStatusCode> answers = [];
            foreach (string key in keys)
            {
                using HttpRequestMessage request = new(HttpMethod.Get, path);
                request.Headers.Add("X-Forwarded-For", address);
                request.Headers.Add("X-API-Key", key);
                using HttpResponseMessage answer = await server.Http.SendAsync(request);
                answers.Add(answer.StatusCode);
            }

            return [.. answers];
        }
    }

    private static async Task<(HttpStatusCode Status, string Answer, TimeSpan? Wait)> AskAsync(
        RunningServer server, string path, string address, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Forwarded-For", address);
        using HttpResponseMessage answer = await server.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.RetryAfter?.Delta);
    }
}
