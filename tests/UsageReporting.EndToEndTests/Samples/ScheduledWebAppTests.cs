using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>The built sample as a person starts it, against the built server. That it reports by itself is held by FleetYearTests.</summary>
public sealed partial class ScheduledWebAppTests
{
    private TemporaryFolder _folder = null!;
    private string _state = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _state = _folder.Combine("state");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Schema_Printed_IsWhatTheReferenceServerLoads()
    {
        ChildResult run = await RunningScheduledWebApp.RunAsync([$"--DataDirectory={_state}"], "schema");

        string loaded = File.ReadAllText(RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "printernizer.json"));
        Assert.That(run.Output, Is.EqualTo(loaded), run.Error);
    }

    [Test]
    public async Task Run_NobodyAgreed_ShowsTheFleetAndKeepsNothing()
    {
        await using RunningScheduledWebApp app = await RunningScheduledWebApp.StartAsync($"--DataDirectory={_state}");

        string page = await app.Http.GetStringAsync("/");
        string card = await app.Http.GetStringAsync("/api/v1/usage-stats/card");
        app.Process.Signal("TERM");
        ChildResult result = await app.Process.WaitForExitAsync();

        Assert.That(page, Does.Contain("Old faithful").And.Contain("""<p id="reporting">usage reporting: not on: nothing is sent"""));
        Assert.That(card, Does.Contain("http://127.0.0.1:5000/submit").And.Contain("<dt>Last report</dt><dd>none</dd>"));
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Match(@"\AThe printers are at http://127\.0\.0\.1:[0-9]+; usage reporting: not on\. Press Ctrl-C to end\.\n\z"));
        Assert.That(result.Error, Is.Empty);
        Assert.That(Directory.Exists(_state), Is.False);
    }

    [Test]
    public async Task Run_Agreed_WhatItCountedIsStoredByTheServer()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        string[] settings = [$"--DataDirectory={_state}", $"--Endpoint={server.At("submit")}", "--SimulateEverySeconds=1"];
        await RunningScheduledWebApp.RunAsync(settings, "on");
        int jobs;
        await using (RunningScheduledWebApp app = await RunningScheduledWebApp.StartAsync(settings))
        {
            Assert.That(async () => await JobsAsync(app), Is.Positive.After(30_000, 100));
            jobs = await JobsAsync(app);
            app.Process.Signal("TERM");
            await app.Process.WaitForExitAsync();
        }

        ChildResult counted = await RunningScheduledWebApp.RunAsync(settings, "view");
        ChildResult sent = await RunningScheduledWebApp.RunAsync(settings, "send", "--yes");

        Assert.That(counted.Output, Does.Match("\n  Print jobs: [0-9]+\n"));
        Assert.That(sent.Output, Does.EndWith("Report sent. Thank you.\n"), sent.Error);
        IReadOnlyDictionary<string, object?> row = StoredReports.Query(server.Database, "SELECT * FROM reports_printernizer").Single();
        Assert.That(row["usage_stats_job_count"], Is.InRange(jobs, jobs + 2), "one may have been done before the end");
        Assert.That(row["printer_fleet_printer_count"], Is.EqualTo(4L));
        Assert.That(row["usage_stats_feature_usage_library_enabled"], Is.EqualTo(1L));
        Assert.That(row["period_duration_days"], Is.Zero);
        Assert.That(row["erasure_key"], Is.Not.Null);
        Assert.That(
            StoredReports.Query(server.Database, "SELECT key, value FROM report_values WHERE field = 'printer_fleet.printer_type_counts' ORDER BY key")
                .Select(type => string.Join('|', type.Values)),
            Is.EqualTo(new[] { "bambu_lab|2", "klipper|1", "prusa_core|1" }));
        Assert.That((await RunningScheduledWebApp.RunAsync(settings, "status")).Output, Does.Contain("on"));
    }

    [Test]
    public async Task Choose_AsThePageDoes_SwitchesReportingOnAndOff()
    {
        await using RunningScheduledWebApp app = await RunningScheduledWebApp.StartAsync($"--DataDirectory={_state}");
        using HttpResponseMessage shown = await app.Http.GetAsync("/api/v1/usage-stats/preview.txt");
        string terms = shown.Headers.GetValues("Usage-Terms").Single();

        using HttpResponseMessage yes = await app.Http.PostAsync(
            "/api/v1/usage-stats/opt-in",
            new StringContent($$"""{"terms":"{{terms}}"}""", System.Text.Encoding.UTF8, "application/json"));
        string on = await app.Http.GetStringAsync("/");
        using HttpResponseMessage no = await app.Http.PostAsync("/api/v1/usage-stats/opt-out", content: null);
        string off = await app.Http.GetStringAsync("/");
        // Nothing is composed for a preview after a no: the terms come from the status then.
        using HttpResponseMessage nothing = await app.Http.GetAsync("/api/v1/usage-stats/preview.txt");
        JsonNode status = JsonNode.Parse(await app.Http.GetStringAsync("/api/v1/usage-stats/status"))!;
        using HttpResponseMessage again = await app.Http.PostAsync(
            "/api/v1/usage-stats/opt-in",
            new StringContent($$"""{"terms":"{{status["terms"]}}"}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.That(await shown.Content.ReadAsStringAsync(), Does.Contain("Printers by type"));
        Assert.That((yes.StatusCode, no.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(on, Does.Contain("""<p id="reporting">usage reporting: on"""));
        Assert.That(off, Does.Contain("""<p id="reporting">usage reporting: off"""));
        Assert.That(nothing.Headers.Contains("Usage-Terms"), Is.False);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Send_WithoutTheProductsKey_IsNotAccepted()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        string[] settings = [$"--DataDirectory={_state}", $"--Endpoint={server.At("submit")}", "--ApiKey=of-somebody-else"];
        await RunningScheduledWebApp.RunAsync(settings, "on");

        ChildResult sent = await RunningScheduledWebApp.RunAsync(settings, "send", "--yes");

        Assert.That(sent.Output, Does.Contain("The reporting endpoint did not accept this report. Nothing was stored.\n"));
        Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports_printernizer"), Is.Empty);
    }

    private static async Task<int> JobsAsync(RunningScheduledWebApp app) =>
        Jobs().Matches(await app.Http.GetStringAsync("/")).Sum(jobs => int.Parse(jobs.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("<td class=\"number\">([0-9]+)</td>")]
    private static partial Regex Jobs();
}
