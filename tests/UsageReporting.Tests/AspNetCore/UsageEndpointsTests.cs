using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.AspNetCore;

/// <summary>What a person sees of a web application's reporting, and what their yes and no do.</summary>
public sealed class UsageEndpointsTests
{
    private TemporaryFolder _folder = null!;

    private string State => _folder.Combine("state");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Status_AfterAYes_SaysHowThingsStand()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        await client.OptInAsync(level: "basic", days: 30);
        await client.Reporter.ReportAsync(new ScriptedPrompt(ConsentAnswer.Yes));

        VerifySettings settings = new();
        settings.DontScrubDateTimes();
        await Verifier.Verify(await client.Http.GetStringAsync(new Uri("status", UriKind.Relative)), settings);
    }

    [Test]
    public async Task Preview_BeforeAYes_IsWhatAPromptWouldShowAndTouchesNothing()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        ScriptedPrompt prompt = new(ConsentAnswer.No);
        await client.Reporter.ReportAsync(prompt);

        using HttpResponseMessage json = await client.SendAsync("GET", "preview");
        using HttpResponseMessage text = await client.SendAsync("GET", "preview.txt");

        Assert.That(await json.Content.ReadAsStringAsync(), Is.EqualTo(prompt.Seen.Single().Json));
        Assert.That(await text.Content.ReadAsStringAsync(), Is.EqualTo(prompt.Seen.Single().ToText(isDryRun: true)));
        Assert.That(text.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/plain; charset=utf-8"));
        string? terms = (await client.GetAsync("status")).GetProperty("terms").GetString();
        Assert.That(new[] { json, text }.Select(answer => answer.Headers.GetValues("Usage-Terms").Single()), Is.All.EqualTo(terms));
        Assert.That(json.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(Directory.Exists(State), Is.False);
        Assert.That(client.Sink.Deliveries, Is.Empty);
    }

    [Test]
    public async Task Preview_SinksOfTwoFormats_IsALineForEach()
    {
        ScriptedSink other = new("https://other.example.org/collect") { Rendering = report => $"{{\"other\":{report}}}" };
        await using WebClient client = await WebClient.StartAsync(
            State, add: reporting => reporting.Services.AddSingleton<IReportSink>(other));

        using HttpResponseMessage answer = await client.SendAsync("GET", "preview");

        string[] lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/jsonl"));
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1], Is.EqualTo($"{{\"other\":{lines[0]}}}"));
    }

    [TestCase("basic", false)]
    [TestCase("full", true)]
    [TestCase("middle", false, Description = "no field is of that level")]
    public async Task Preview_Level_IsTheReportOfThatLevel(string level, bool holdsAll)
    {
        await using WebClient client = await WebClient.StartAsync(State);

        JsonElement report = await client.GetAsync($"preview?level={level}");

        Assert.That(report.TryGetProperty("tester", out _), Is.EqualTo(holdsAll));
        Assert.That(report.GetProperty("channel").GetString(), Is.EqualTo("beta"));
    }

    // What somebody has refused before, or agreed to in part, is shown before they agree to it.
    [Test]
    public async Task Preview_LevelAfterANoOrALesserYes_IsTheReportOfThatLevelAndChangesNothing([Values] bool isYes)
    {
        await using WebClient client = await WebClient.StartAsync(State);
        using HttpResponseMessage chosen = isYes ? await client.OptInAsync("basic") : await client.SendAsync("POST", "opt-out");
        JsonElement before = await client.GetAsync("status");

        JsonElement report = await client.GetAsync("preview?level=full");

        Assert.That(report.TryGetProperty("tester", out _), Is.True);
        Assert.That((await client.GetAsync("status")).GetRawText(), Is.EqualTo(before.GetRawText()));
        Assert.That(client.Sink.Deliveries, Is.Empty);
    }

    [TestCase("preview"), TestCase("preview?level=basic")]
    public async Task Preview_SwitchedOff_SaysByWhat(string path)
    {
        await using WebClient client = await WebClient.StartAsync(State);
        client.Machine.Variables["DO_NOT_TRACK"] = "1";

        using HttpResponseMessage answer = await client.SendAsync("GET", path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            await DetailOf(answer), Is.EqualTo("Usage reporting is off: DO_NOT_TRACK is set. Nothing sent."));
    }

    [Test]
    public async Task OptIn_ToWhatWasShown_IsAYesForTheFuture()
    {
        await using WebClient client = await WebClient.StartAsync(State);

        using HttpResponseMessage answer = await client.OptInAsync("full");

        JsonElement status = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(status.GetProperty("state").GetString(), Is.EqualTo("on"));
        Assert.That(status.GetProperty("because").GetString(), Is.EqualTo("you said yes on 2026-05-18"));
        Assert.That(status.GetProperty("installationId").ValueKind, Is.EqualTo(JsonValueKind.Null), "not before the first report");
        Assert.That(await client.Reporter.GetAgreedSchemaAsync(), Is.Not.Null);
        Assert.That(client.Sink.Deliveries, Is.Empty, "it is reported when it is due");
    }

    [Test]
    public async Task OptIn_WhatIsReportedHasChanged_Is409AndNothingIsKept()
    {
        string? shown;
        await using (WebClient before = await WebClient.StartAsync(
            State, builder => builder.Services.AddSingleton<IReportSink>(new ScriptedSink("https://elsewhere.example.org/"))))
        {
            shown = (await before.GetAsync("status")).GetProperty("terms").GetString();
        }

        await using WebClient client = await WebClient.StartAsync(State);

        using HttpResponseMessage answer = await client.SendAsync("POST", "opt-in", JsonContent.Create(new { terms = shown }));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await DetailOf(answer), Does.Contain("not what was shown"));
        Assert.That(Directory.Exists(State), Is.False);
    }

    [Test]
    public async Task OptIn_SwitchedOff_SaysThatTheSwitchIsStronger()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        client.Machine.Variables["DO_NOT_TRACK"] = "1";

        using HttpResponseMessage answer = await client.OptInAsync();

        JsonElement status = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(
            (status.GetProperty("state").GetString(), status.GetProperty("because").GetString()),
            Is.EqualTo(("off", "DO_NOT_TRACK is set")));
    }

    [TestCase("opt-in")]
    [TestCase("opt-out")]
    public async Task Choice_NoPlace_Is503(string path)
    {
        await File.WriteAllTextAsync(State, "a file, not a folder");
        await using WebClient client = await WebClient.StartAsync(State);

        using HttpResponseMessage answer = path == "opt-in" ? await client.OptInAsync() : await client.SendAsync("POST", path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain(_folder.Path));
    }

    [Test]
    public async Task OptOut_AfterAYes_LeavesTheNoAndTheHistory()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        await client.OptInAsync();
        await client.Reporter.ReportAsync(new ScriptedPrompt(ConsentAnswer.Yes));
        client.Time.Advance(TimeSpan.FromDays(7));
        client.Sink.Answering(ScriptedSink.Unanswered);
        await client.CountAsync("job_created", 3);
        await client.Reporter.ReportAsync(new ScriptedPrompt(ConsentAnswer.Yes));
        Assert.That(File.Exists(Path.Combine(State, "frozen_report.json")), Is.True);

        using HttpResponseMessage answer = await client.SendAsync("POST", "opt-out");

        Assert.That(JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("state").GetString(), Is.EqualTo("off"));
        await client.CountAsync("job_created", 1);
        Assert.That(
            Directory.GetFiles(State).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "consent.json", "history.jsonl", "lock" }));
        Assert.That((await client.GetAsync("history")).GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task LocalAndDelete_OfWhatWasCounted_ShowItAndForgetItWithoutTheChoice()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        await client.OptInAsync();
        await client.CountAsync("job_created", 3);

        string before = await client.Http.GetStringAsync(new Uri("local", UriKind.Relative));
        using HttpResponseMessage answer = await client.SendAsync("DELETE", "");
        string after = await client.Http.GetStringAsync(new Uri("local", UriKind.Relative));

        Assert.That(before, Is.EqualTo(
            """[{"since":"2026-05-18T12:00:00Z","until":null,"goes":[{"field":"events","word":"job_created","number":3}],"stays":[]}]"""));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(after, Is.EqualTo("""[{"since":"2026-05-18T12:00:00Z","until":null,"goes":[],"stays":[]}]"""));
        Assert.That((await client.GetAsync("status")).GetProperty("state").GetString(), Is.EqualTo("on"));
    }

    [Test]
    public async Task HistoryAndExport_AfterAReport_HoldItByteForByte()
    {
        await using WebClient client = await WebClient.StartAsync(State);
        await client.OptInAsync();
        await client.Reporter.ReportAsync(new ScriptedPrompt(ConsentAnswer.Yes));

        JsonElement sent = (await client.GetAsync("history"))[0];
        using HttpResponseMessage answer = await client.SendAsync("GET", "export");
        JsonElement export = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.That(sent.GetProperty("report").GetString(), Is.EqualTo(client.Sink.Reports.Single()));
        Assert.That(sent.GetProperty("at").GetString(), Is.EqualTo("2026-05-18T12:00:00Z"));
        Assert.That(answer.Content.Headers.ContentDisposition?.ToString(), Does.StartWith("attachment; filename=usage-statistics-export.json"));
        JsonElement documents = export.GetProperty("documents");
        Assert.That(documents.EnumerateObject().Select(document => document.Name), Is.EquivalentTo(
            Directory.GetFiles(State).Select(Path.GetFileName).Where(name => name != "lock")));
        Assert.That(
            documents.GetProperty("history.jsonl")[0].GetProperty("report").GetString(), Is.EqualTo(client.Sink.Reports.Single()));
    }

    [Test]
    public async Task Endpoints_Descriptions_AreWhatOpenApiIsMadeOf()
    {
        await using WebClient client = await WebClient.StartAsync(
            State, builder => builder.Services.AddEndpointsApiExplorer());

        IEnumerable<string> lines =
            from api in client.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
                .SelectMany(described => described.Items)
            let answers = api.SupportedResponseTypes.Select(answer => $"{answer.StatusCode} {answer.Type?.Name}").Order(StringComparer.Ordinal)
            select $"{api.HttpMethod} {api.RelativePath}: {string.Join(", ", answers)}";

        await Verifier.Verify(string.Join('\n', lines) + "\n");
    }

    [Test]
    public async Task MapUsageReporting_NotAdded_SaysWhatToCall()
    {
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();

        Assert.That(
            () => app.MapUsageReporting("/usage"),
            Throws.InvalidOperationException.With.Message.Contains("AddUsageReporting"));
    }

    internal static async Task<string?> DetailOf(HttpResponseMessage answer)
    {
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("detail").GetString();
    }
}
