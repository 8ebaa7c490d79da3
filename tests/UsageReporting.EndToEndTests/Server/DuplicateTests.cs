using System.Net;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

public sealed class DuplicateTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test, Property("Case", 38)]
    public async Task Post_64AtOnce200Times_AcceptsOneOfEach()
    {
        const int Rounds = 200;
        await using RunningServer server = await RunningServer.StartAsync(_folder, TimeProvider.System);

        for (int round = 0; round < Rounds; round++)
        {
            string report = Reports.Paperless(Reports.NewId());
            (HttpStatusCode Status, string LastSent)[] answers =
                await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => SendAsync(server, report)));

            Assert.That(answers.Count(a => a.Status == HttpStatusCode.NoContent), Is.EqualTo(1));
            Assert.That(answers.Count(a => a.Status == HttpStatusCode.TooManyRequests), Is.EqualTo(63));
            Assert.That(
                answers.Where(a => a.Status == HttpStatusCode.TooManyRequests).Select(a => a.LastSent).Distinct().Count(),
                Is.EqualTo(1));
        }

        Assert.That(server.Query("SELECT count(*), count(DISTINCT uuid) FROM reports"), Is.EqualTo(new[] { $"{Rounds}|{Rounds}" }));
    }

    [Test, Property("Case", 39)]
    public async Task Post_AroundTheWindowsEnd_IsDecidedToTheSecond()
    {
        ManualTimeProvider time = new(new DateTimeOffset(2026, 5, 15, 10, 0, 0, 900, TimeSpan.Zero));
        await using RunningServer server = await RunningServer.StartAsync(_folder, time);

        Assert.That(await SendAsync(server, Reports.Paperless()), Is.EqualTo((HttpStatusCode.NoContent, "")));
        time.SetUtcNow(new DateTimeOffset(2026, 5, 22, 9, 59, 59, 999, TimeSpan.Zero));
        Assert.That(
            await SendAsync(server, Reports.Paperless()), Is.EqualTo((HttpStatusCode.TooManyRequests, "2026-05-15T10:00:00Z")));
        time.SetUtcNow(new DateTimeOffset(2026, 5, 22, 10, 0, 0, TimeSpan.Zero));
        Assert.That(await SendAsync(server, Reports.Paperless()), Is.EqualTo((HttpStatusCode.NoContent, "")));
        Assert.That(
            await SendAsync(server, Reports.Paperless()), Is.EqualTo((HttpStatusCode.TooManyRequests, "2026-05-22T10:00:00Z")));
    }

    [Test, Property("Case", 41)]
    public async Task Post_AfterARestart_IsStillADuplicate()
    {
        await using (RunningServer server = await RunningServer.StartAsync(_folder))
        {
            await SendAsync(server, Reports.Paperless());
        }

        await using RunningServer again = await RunningServer.StartAsync(_folder);

        Assert.That(
            await SendAsync(again, Reports.Paperless()), Is.EqualTo((HttpStatusCode.TooManyRequests, "2026-05-18T12:00:00Z")));
    }

    [Test, Property("Case", 37)]
    public async Task Post_SameIdToAnotherProduct_IsIndependent()
    {
        await using RunningServer server = await RunningServer.StartAsync(_folder);

        Assert.That((await SendAsync(server, Reports.Paperless())).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            (await SendAsync(server, Reports.Printernizer(), "/printernizer/report")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            (await SendAsync(server, Reports.Printernizer(), "/printernizer/report")).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.Multiple(() =>
        {
            Assert.That(server.Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "1" }));
            Assert.That(
                server.Query("SELECT installation_installation_id, period_end, printer_fleet_printer_count, usage_stats_feature_usage_library_enabled FROM reports_printernizer"),
                Is.EqualTo(new[] { $"{Reports.Id}|2026-05-18T00:00:00Z|3|1" }));
            Assert.That(
                server.Query("SELECT field, key, value FROM report_values WHERE product = 'printernizer' ORDER BY field, key"),
                Is.EqualTo(new[]
                {
                    "error_summary|total_errors|0", "printer_fleet.printer_type_counts|klipper|1",
                    "printer_fleet.printer_type_counts|prusa_mk4|2", "printer_fleet.printer_types|klipper|",
                    "printer_fleet.printer_types|prusa_mk4|",
                }));
        });
    }

    private static async Task<(HttpStatusCode Status, string LastSent)> SendAsync(
        RunningServer server, string report, string path = "/report")
    {
        using HttpResponseMessage answer = await server.PostAsync(report, path);
        string body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, body.Length == 0 ? "" : JsonDocument.Parse(body).RootElement.GetProperty("last_sent").GetString()!);
    }
}
