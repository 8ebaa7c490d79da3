using System.Globalization;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.CommandLine;

[NonParallelizable] // The console is the process's.
public sealed class UsageCommandTests
{
    private readonly ScriptedSink _sink = new();
    private TemporaryFolder _folder = null!;
    private TestClient _client = null!;

    [SetUp]
    public void StartClient()
    {
        _folder = new TemporaryFolder();
        _sink.Deliveries.Clear();
        _sink.Answering(new DeliveryResult.Accepted());
        _client = new TestClient(_folder.Combine("state"), _sink);
    }

    [TearDown]
    public void EndClient()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [TestCase("")]
    [TestCase("preview")]
    [TestCase("send")]
    [TestCase("status")]
    [TestCase("endpoints")]
    [TestCase("history")]
    [TestCase("show")]
    [TestCase("verify")]
    [TestCase("explain")]
    [TestCase("schema")]
    [TestCase("reset-id")]
    public async Task RunAsync_Help_ExplainsTheCommand(string command)
    {
        CommandResult result = await CommandRun.RunAsync(
            _ => throw new InvalidOperationException("Nobody needs a host for help."),
            [.. new[] { "usage", command, "--help" }.Where(word => word.Length > 0)]);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        await Verifier.Verify(result.Output);
    }

    [Test]
    public async Task Endpoints_OneForEachLevelAndOneForAll_NamesThemAndWhereNumbersAre([Values] bool isJson)
    {
        _client.Dispose();
        _client = new TestClient(
            _folder.Combine("state"),
            new ScriptedSink("https://example.org/basic") { Level = UsageLevel.Basic },
            new ScriptedSink("https://example.org/full") { Level = UsageLevel.Full },
            new ScriptedSink("https://example.org/all"),
            new PublishingSink("{}"));

        CommandResult result = await RunAsync(["endpoints", .. isJson ? ["--json"] : Array.Empty<string>()]);

        Assert.That(result.Output.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), isJson
            ? Is.EqualTo("""[{"level":"basic","destination":"https://example.org/basic","numbers":null},{"level":"full","destination":"https://example.org/full","numbers":null},{"level":null,"destination":"https://example.org/all","numbers":null},{"level":null,"destination":"https://stats.example.org/report","numbers":"https://numbers.example.org/summary.json"}]""")
            : Is.EqualTo("basic:https://example.org/basicfull:https://example.org/fullalllevels:https://example.org/allalllevels:https://stats.example.org/reportWhenyouaskforthepublishednumbers,theyarefetchedfromhttps://numbers.example.org/summary.json."));
        Assert.That(Directory.Exists(_client.DataDirectory), Is.False);
    }

    [Test]
    public async Task Send_Yes_ShowsAndSendsWithoutAsking()
    {
        CommandResult result = await RunAsync("send", "--yes");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
        await VerifyAsync(result);
    }

    [Test]
    public async Task Send_DryRun_ShowsAndTouchesNothing()
    {
        CommandResult result = await RunAsync("send", "--dry-run");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        AssertNothingTouched();
        await VerifyAsync(result);
    }

    [Test]
    public async Task Send_DryRunWithYes_IsADryRun()
    {
        Assert.That((await RunAsync("send", "--dry-run", "--yes")).Output, Does.EndWith("Dry run — nothing sent.\n"));
        AssertNothingTouched();
    }

    [TestCase("preview")]
    [TestCase("send")]
    [TestCase("send", "--yes")]
    [TestCase("send", "--dry-run")]
    public async Task Run_SwitchedOff_SaysByWhat(params string[] args)
    {
        _client.Machine.Variables["DO_NOT_TRACK"] = "1";

        Assert.That(
            await RunAsync(args),
            Is.EqualTo(new CommandResult(0, "Usage reporting is off: DO_NOT_TRACK is set. Nothing sent.\n", "")));
        AssertNothingTouched();
    }

    [TestCase("preview", "--json")]
    [TestCase("send", "--yes", "--json")]
    public async Task Run_JsonAndSwitchedOff_SaysByWhat(params string[] args)
    {
        _client.Machine.Variables["DO_NOT_TRACK"] = "1";

        CommandResult result = await RunAsync(args);

        JsonElement json = JsonElement.Parse(result.Output);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(json.GetProperty("outcome").GetString(), Is.EqualTo("switched off"));
        Assert.That(
            json.GetProperty("text").EnumerateArray().Select(line => line.GetString()),
            Is.EqualTo(new[] { "Usage reporting is off: DO_NOT_TRACK is set. Nothing sent." }));
        AssertNothingTouched();
    }

    [Test]
    public async Task Send_Refused_SaysWhyAndSucceeds()
    {
        _sink.Answering(new DeliveryResult.Rejected(["arch: is odd."]));
        CommandResult result = await RunAsync("send", "--yes");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.EndWith(
            "The reporting endpoint did not accept this report. Nothing was stored.\narch: is odd.\n"));
    }

    [Test]
    public async Task Send_AlreadyReported_CountsFromTheClock()
    {
        DateTimeOffset sent = _client.Time.GetUtcNow().AddDays(-3);
        _sink.Answering(new DeliveryResult.AlreadyReported(sent, sent.AddDays(7)));

        Assert.That((await RunAsync("send", "--yes")).Output, Does.EndWith(
            "Already submitted 3 days ago. Nothing sent.\nYou can send again after 2026-05-22.\n"));
    }

    [TestCase("send", "--yes")]
    [TestCase("send", "--dry-run")]
    [TestCase("preview")]
    public async Task Run_InterruptedWhileItCollects_IsExitCode130(params string[] args)
    {
        using CancellationTokenSource interrupt = new();
        using TestClient client = new(_client.DataDirectory, _sink) { Collect = _ => interrupt.Cancel() };

        CommandResult result = await CommandRun.RunAsync(_ => client.Services, ["usage", .. args], interrupt.Token);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((130, "")));
        AssertNothingTouched();
    }

    [Test]
    public async Task Send_InterruptedWhileItSends_SaysThatItMayHaveArrived()
    {
        using CancellationTokenSource interrupt = new();
        _sink.Answer = async token =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return new DeliveryResult.Accepted();
        };

        CommandResult result = await CommandRun.RunAsync(
            _ => _client.Services, ["usage", "send", "--yes"], interrupt.Token);

        Assert.That(result.ExitCode, Is.EqualTo(130));
        Assert.That(result.Output, Does.EndWith("Could not confirm delivery: the report may or may not have arrived.\n"));
    }

    [Test]
    public async Task Preview_Text_IsADryRunsAndTouchesNothing()
    {
        CommandResult result = await RunAsync("preview");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        AssertNothingTouched();
        await VerifyAsync(result);
    }

    [Test]
    public async Task Preview_Json_IsTheExactBytes()
    {
        Directory.CreateDirectory(_client.DataDirectory);
        await File.WriteAllTextAsync(_client.IdFile, Paperless.Id);

        Assert.That(await RunAsync("preview", "--json"), Is.EqualTo(new CommandResult(0, Paperless.Report + "\n", "")));
    }

    [Test]
    public async Task Status_BeforeTheFirstReport_SaysHowThingsStand() => await VerifyAsync(await RunAsync("status"));

    [Test]
    public async Task Status_ReportWithoutAnAnswer_SaysSo()
    {
        _sink.Answering(ScriptedSink.Unanswered);
        await RunAsync("send", "--yes");

        await VerifyAsync(await RunAsync("status"));
    }

    [Test]
    public async Task Status_SwitchedOff_SaysByWhat()
    {
        _client.Machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = "of";

        await VerifyAsync(await RunAsync("status"));
    }

    [Test]
    public async Task Schema_Command_PrintsTheFileThatAServerLoads() =>
        Assert.That(await RunAsync("schema"), Is.EqualTo(new CommandResult(
            0, Encoding.UTF8.GetString(SeedSchemas.PaperlessNgxJson), "")));

    [Test]
    public async Task Explain_All_IsTheDataDictionary() => await VerifyAsync(await RunAsync("explain"));

    [Test]
    public async Task Explain_OneField_IsItsEntry() =>
        Assert.That(await RunAsync("explain", "doc_bucket"), Is.EqualTo(new CommandResult(
            0,
            """
            Documents (doc_bucket, optional)
              How many documents are stored, as a range.
              One of 0-99, 100-999, 1000-9999, 10000-49999, 50000+.

            """,
            "")));

    [Test]
    public async Task Explain_UnknownField_IsMisuseAndNamesTheFields()
    {
        CommandResult result = await RunAsync("explain", "hostname");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.StartWith("There is no field \"hostname\". There are: uuid, version, ").And.EndsWith("feature_ai.\n"));
    }

    private static readonly string[] Misuses =
    [
        "", "usage", "usage sned", "usage --json",
        "usage preview 1", "usage preview --nope", "usage preview --json=maybe",
        "usage send now", "usage send --nope", "usage send --yes=maybe", "usage send --dry-run now",
        "usage status now", "usage status --nope",
        "usage history 1", "usage history --nope",
        "usage show 0", "usage show 1", "usage show x", "usage show 1.5", "usage show 99999999999", "usage show 1 2",
        "usage show -1", "usage show --nope", "usage show 1 --json",
        "usage verify 1", "usage verify --nope",
        "usage explain nofield", "usage explain doc_bucket arch", "usage explain --nope",
        "usage schema 1", "usage schema --json",
        "usage reset-id f81d4fae-7dec-4d0a-a765-00a0c91e6bf6", "usage reset-id --nope",
    ];

    [Test]
    public async Task RunAsync_Misuse_IsOneLineAndExitCode2()
    {
        StringBuilder lines = new();
        foreach (string commandLine in Misuses)
        {
            CommandResult result = await CommandRun.RunAsync(
                _ => _client.Services, commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

            Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")), commandLine);
            Assert.That(result.Error, Does.Match(@"\A[^\n]+\n\z"), commandLine);
            lines.Append(CultureInfo.InvariantCulture, $"$ app {commandLine}\n{result.Error}");
        }

        AssertNothingTouched();
        await Verifier.Verify(lines.ToString());
    }

    [TestCase("send", "--yes")]
    [TestCase("send", "--dry-run")]
    [TestCase("send")]
    public async Task Send_Json_IsForAProgramAndTheErrorStreamForAPerson(params string[] args)
    {
        CommandResult plain = await RunAsync("preview");
        CommandResult result = await RunAsync([.. args, "--json"]);

        bool isSent = args.Contains("--yes");
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(json.RootElement.GetProperty("sent").GetBoolean(), Is.EqualTo(isSent));
        Assert.That(json.RootElement.GetProperty("outcome").GetString(), Is.EqualTo(isSent ? "accepted" : "declined"));
        Assert.That(json.RootElement.GetProperty("text").EnumerateArray().Single().GetString(), Does.Contain("sent"));
        Assert.That(result.Error, Does.StartWith(plain.Output.Split(" (new")[0]));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(isSent ? 1 : 0));
    }

    private static IEnumerable<TestCaseData> Answers =>
    [
        Answer(new DeliveryResult.Accepted(), "accepted"),
        Answer(new DeliveryResult.AlreadyReported(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), "already reported"),
        Answer(new DeliveryResult.Rejected(["arch: is odd."]), "rejected"),
        Answer(new DeliveryResult.Unauthorized(), "unauthorized"),
        Answer(ScriptedSink.Unanswered, "no answer"),
        Answer(ScriptedSink.Refused, "not reached"),
    ];

    [TestCaseSource(nameof(Answers))]
    public async Task Send_JsonOfAnAnswer_NamesIt(DeliveryResult answer, string outcome)
    {
        _sink.Answering(answer);

        CommandResult result = await RunAsync("send", "--yes", "--json");

        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.That(json.RootElement.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
        Assert.That(json.RootElement.GetProperty("sent").GetBoolean(), Is.EqualTo(answer is DeliveryResult.Accepted));
    }

    [Test]
    public async Task Send_JsonWhereNothingIsSent_SaysWhy()
    {
        File.WriteAllText(_client.DataDirectory, "a file, not a folder");
        string noPlace = (await RunAsync("send", "--yes", "--json")).Output;
        File.Delete(_client.DataDirectory);
        using TestClient incomplete = new(_client.DataDirectory, _sink) { Collect = _ => { } };
        CommandResult missing = await CommandRun.RunAsync(_ => incomplete.Services, ["usage", "send", "--yes", "--json"]);
        _client.Machine.Variables["DO_NOT_TRACK"] = "1";
        CommandResult off = await RunAsync("send", "--yes", "--json");

        Assert.That((missing.Error, off.Error), Is.EqualTo(("", "")));
        await Verifier.Verify(noPlace + missing.Output + off.Output);
    }

    [Test]
    public async Task RunAsync_MistakesInTheSetUp_AreMisuseALineEach()
    {
        using TestClient client = new(_client.DataDirectory) { Configure = options => options.DataDirectory = "" };

        Assert.That(
            await CommandRun.RunAsync(_ => client.Services, ["usage", "status"]),
            Is.EqualTo(new CommandResult(
                2, "", "dataDirectory: is not a path.\nsinks: there is none; add one, such as AddHttpSink.\n")));
    }

    private static TestCaseData Answer(DeliveryResult answer, string outcome) =>
        new TestCaseData(answer, outcome).SetArgDisplayNames(outcome);

    private Task<CommandResult> RunAsync(params string[] args) =>
        CommandRun.RunAsync(_ => _client.Services, ["usage", .. args]);

    private static Task VerifyAsync(CommandResult result)
    {
        // Instants are the report's own; ids and folders are new in each run.
        VerifySettings settings = new();
        settings.DontScrubDateTimes();
        return Verifier.Verify(result.Output, settings);
    }

    private void AssertNothingTouched()
    {
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
        Assert.That(_sink.Deliveries, Is.Empty);
    }
}
