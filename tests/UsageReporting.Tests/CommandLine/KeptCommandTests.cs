using System.Text.Json;
using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.Recording;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.CommandLine;

/// <summary>What a person can do with what is counted and kept: view, export, delete.</summary>
[NonParallelizable] // The console is the process's.
public sealed class KeptCommandTests
{
    private TemporaryFolder _folder = null!;
    private Printers _printers = null!;

    private string State => _folder.Combine("state");

    [SetUp]
    public void StartClient()
    {
        _folder = new TemporaryFolder();
        _printers = new Printers(State);
    }

    [TearDown]
    public void EndClient()
    {
        _printers.Dispose();
        _folder.Dispose();
    }

    [TestCase("view")]
    [TestCase("export")]
    [TestCase("delete")]
    public async Task RunAsync_Help_ExplainsTheCommand(string command) =>
        await Verifier.Verify((await RunAsync(command, "--help")).Output);

    [Test]
    public async Task View_NothingChosen_SaysThatNothingIsCountedAndTouchesNothing()
    {
        _printers.Count("job_created");

        Assert.That((await RunAsync("view")).Output, Is.EqualTo(
            """
            Usage reporting: not decided (nothing is sent unless you say yes).

            Counted since the beginning, for the next report:
              nothing

            """));
        Assert.That(Directory.Exists(State), Is.False);
    }

    [Test]
    public async Task View_EachPeriod_SaysWhatGoesAndWhatStays([Values] bool isJson)
    {
        await _printers.ChooseAsync(ConsentChoice.Local);
        _printers.Count("app_start", 2);
        await _printers.ChooseAsync(ConsentChoice.Yes);
        _printers.Count("job_created", 3);
        _printers.Sink.Answering(ScriptedSink.Unanswered);

        // Written before the clock is driven, on which what is written has its time.
        await _printers.FlushAsync();
        _printers.Client.Time.Advance(TimeSpan.FromDays(1));
        await _printers.SendAsync();
        _printers.Count("job_created", 12);
        _printers.Count("job_failed", 1_000_002);

        CommandResult result = await RunAsync(["view", .. isJson ? ["--json"] : Array.Empty<string>()]);

        VerifySettings settings = new();
        settings.DontScrubDateTimes();
        await Verifier.Verify(result.Output, settings);
    }

    [TestCase("DO_NOT_TRACK", "1", "Usage reporting: off (DO_NOT_TRACK is set).")]
    [TestCase("PAPERLESS_NGX_USAGE_REPORTING", "local", "Usage reporting: kept here (PAPERLESS_NGX_USAGE_REPORTING is local).")]
    public async Task View_SwitchedOff_NothingGoes(string variable, string value, string state)
    {
        await _printers.ChooseAsync(ConsentChoice.Yes);
        _printers.Count("job_created", 3);
        await _printers.FlushAsync();
        _printers.Client.Machine.Variables[variable] = value;

        Assert.That((await RunAsync("view")).Output, Is.EqualTo(
            $"""
            {state}

            Counted since 2026-05-18T12:00:00Z, for the next report:
              nothing
            Stays here:
              Events: job_created 3

            """));
    }

    [Test]
    public async Task View_LessIsAgreedTo_ThatStays()
    {
        await _printers.ChooseAsync(ConsentChoice.Yes);
        _printers.Reporter.Tallies.Of(Printers.Kinds, "prusa").Add(4);
        await _printers.FlushAsync();
        await _printers.ChooseAsync(ConsentChoice.Yes, UsageLevel.Basic);

        IReadOnlyList<CountedPeriod> periods = await _printers.Reporter.Kept.GetCountedAsync();

        Assert.That(periods.Single().Goes, Is.Empty);
        Assert.That(periods.Single().Stays, Is.EqualTo(new[] { new CountedWord("kinds", "prusa", 4) }));
    }

    // What it says that goes is what a report then holds.
    [Test]
    public async Task View_BeforeAReport_IsWhatTheReportHolds()
    {
        await _printers.ChooseAsync(ConsentChoice.Yes);
        _printers.Count("job_created", 3);
        _printers.Reporter.Tallies.Of(Printers.Kinds, "prusa").Add(4);

        CountedPeriod before = (await _printers.Reporter.Kept.GetCountedAsync()).Single();

        Assert.That(await _printers.SendAsync(), Is.EqualTo("""{"events":{"job_created":3},"kinds":{"prusa":4}}"""));
        Assert.That(before.Goes, Is.EqualTo(new CountedWord[] { new("events", "job_created", 3), new("kinds", "prusa", 4) }));
        Assert.That((await _printers.Reporter.Kept.GetCountedAsync()).Single().Goes, Is.Empty);
    }

    [Test]
    public async Task Delete_CountedAndWaiting_LeavesTheChoiceAndTheId()
    {
        await _printers.ChooseAsync(ConsentChoice.Yes);
        _printers.Count("job_created", 3);
        _printers.Sink.Answering(ScriptedSink.Refused);
        await _printers.SendAsync();
        _printers.Count("job_failed");

        Assert.That(await RunAsync("delete"), Is.EqualTo(new CommandResult(0, "What was counted is deleted.\n", "")));

        Assert.That(Directory.GetFiles(State).Select(Path.GetFileName), Is.EquivalentTo(new[] { "consent.json", "lock", "usage_uuid" }));
        _printers.Sink.Answering(new DeliveryResult.Accepted());
        _printers.Count("app_start");
        Assert.That(await _printers.SendAsync(), Is.EqualTo("""{"events":{"app_start":1}}"""), "counting goes on");
    }

    [Test]
    public async Task Delete_Json_SaysWhetherItIsDone()
    {
        Assert.That(
            await RunAsync("delete", "--json"), Is.EqualTo(new CommandResult(0, "{\n  \"deleted\": true\n}\n", "")));
        Assert.That(Directory.Exists(State), Is.False);
    }

    [Test]
    public async Task Delete_CannotBeWritten_SaysWhere()
    {
        KillableStore store = new(new FileStateStore(State, new UsageTexts(), TimeProvider.System));
        using Printers printers = new(State, store: store);
        await printers.ChooseAsync(ConsentChoice.Yes);
        store.Kill();

        CommandResult result = await CommandRun.RunAsync(_ => printers.Client.Services, ["usage", "delete"]);

        Assert.That(result, Is.EqualTo(new CommandResult(1, "", $"Could not write to {State}. Not everything is deleted.\n")));
    }

    [Test]
    public async Task Export_EverythingIsThere_PrintsItAndNotTheSecret()
    {
        await _printers.ChooseAsync(ConsentChoice.Yes);
        await _printers.SendAsync();
        _printers.Count("job_created", 3);
        await File.WriteAllTextAsync(Path.Combine(State, "usage_secret"), new string('5', 64) + "\n");
        await File.WriteAllTextAsync(Path.Combine(State, "usage_secret.old"), new string('6', 64) + "\n");
        await File.WriteAllTextAsync(Path.Combine(State, "frozen_report.json"), "{\"damaged\"");

        string output = (await RunAsync("export")).Output;

        JsonElement documents = JsonElement.Parse(output).GetProperty("documents");
        Assert.That(
            documents.EnumerateObject().Select(document => document.Name),
            Is.EquivalentTo(Directory.GetFiles(State).Select(Path.GetFileName).Where(name => name != "lock")));
        Assert.That(documents.GetProperty("usage_uuid").GetString(), Is.EqualTo(
            (await File.ReadAllTextAsync(Path.Combine(State, "usage_uuid"))).TrimEnd()));
        Assert.That(documents.GetProperty("tallies_01.json").GetProperty("counts").GetProperty("events").GetProperty("job_created").GetInt32(), Is.EqualTo(3));
        Assert.That(documents.GetProperty("consent.json").GetProperty("choice").GetString(), Is.EqualTo("yes"));
        Assert.That(documents.GetProperty("history.jsonl")[0].GetProperty("report").GetString(), Is.EqualTo(_printers.Sink.Reports.Single()));
        Assert.That(documents.GetProperty("frozen_report.json").GetString(), Is.EqualTo("{\"damaged\""));
        Assert.That(documents.GetProperty("usage_secret").GetString(), Is.EqualTo("kept, and not exported"));
        Assert.That(output, Does.Not.Contain("5555").And.Not.Contain("6666"));
    }

    [TestCase("view now", "Unrecognized command or argument 'now'.\n")]
    [TestCase("delete now", "Unrecognized command or argument 'now'.\n")]
    [TestCase("export --json", "Unrecognized command or argument '--json'.\n")]
    public async Task RunAsync_Misuse_IsOneLineAndExitCode2(string command, string error) =>
        Assert.That(await RunAsync(command.Split(' ')), Is.EqualTo(new CommandResult(2, "", error)));

    private Task<CommandResult> RunAsync(params string[] args) =>
        CommandRun.RunAsync(_ => _printers.Client.Services, ["usage", .. args]);
}
