using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Samples;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The reference server's product whose ids rotate, as anybody's client finds it.</summary>
public sealed class RotatingEndpointTests
{
    private const string Id = "a1b2c3d4-e5f6-8890-abcd-ef1234567890";

    [TestCase("")]
    [TestCase("/basic")]
    public async Task Post_CurrentWeek_IsAcceptedOnceAndLeadsToTheNextWeek(string level)
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        using HttpClient http = new();
        string endpoint = server.NapariEndpoint + level;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        using HttpResponseMessage first = await PostAsync(http, endpoint, Id, Week(now));
        using HttpResponseMessage second = await PostAsync(http, endpoint, Id.ToUpperInvariant(), Week(now));

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        JsonNode body = JsonNode.Parse(await second.Content.ReadAsStringAsync())!;
        Assert.That((string?)body["error"], Is.EqualTo("already_submitted"));
        double days = (ReportPeriod.EndOf(RotationPeriod.Week, now) - now).TotalDays;
        Assert.That((int)body["retry_after_days"]!, Is.EqualTo(Math.Ceiling(days)).Or.EqualTo(Math.Ceiling(days) - 1));
        Assert.That(
            StoredReports.Query(server.Database, "SELECT identifier, period FROM reports_napari").Single().Values,
            Is.EqualTo(new object[] { Id, Week(now) }));
    }

    [TestCase(-14)]
    [TestCase(14)]
    [TestCase(-366)]
    public async Task Post_AnotherWeek_IsRefusedWithTheOneThatItIs(int days)
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        using HttpClient http = new();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        using HttpResponseMessage answer = await PostAsync(http, server.NapariEndpoint, Id, Week(now.AddDays(days)));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(body["errors"]!.ToJsonString(), Does.Match("""\{"period":\["Must be the current period, by UTC: [0-9]{4}-W[0-9]{2}\."\]\}"""));
    }

    [Test]
    public async Task Post_RandomId_IsRefused()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        using HttpClient http = new();

        using HttpResponseMessage answer = await PostAsync(
            http, server.NapariEndpoint, Id.Replace("-8890", "-4890", StringComparison.Ordinal), Week(TimeProvider.System.GetUtcNow()));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Must be a UUID of version 8"));
    }

    private static string Week(DateTimeOffset time) => ReportPeriod.Of(RotationPeriod.Week, time);

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string endpoint, string id, string period)
    {
        string key = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
        string json = string.Create(CultureInfo.InvariantCulture, $$"""
            {"identifier":"{{id}}","period":"{{period}}","napari_version":"0.6.1","python_version":"3.12.3","platform":"Linux",
            "cpu_architecture":"x86_64","erasure_key":"{{key}}"}
            """);
        return http.PostAsync(new Uri(endpoint), new StringContent(json, Encoding.UTF8, "application/json"));
    }
}
