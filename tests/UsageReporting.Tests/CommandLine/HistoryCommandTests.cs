using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.CommandLine;

/// <summary>What a person can look up afterwards: history, show, verify, reset-id.</summary>
[NonParallelizable] // The console is the process's.
public sealed class HistoryCommandTests
{
    private readonly ScriptedSink _sink = new();
    private TemporaryFolder _folder = null!;
    private TestClient _client = null!;

    [SetUp]
    public void StartClient()
    {
        _folder = new TemporaryFolder();
        _sink.Deliveries.Clear();
        _client = new TestClient(_folder.Path, _sink);
        File.WriteAllText(_client.IdFile, Paperless.Id);
    }

    [TearDown]
    public void EndClient()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task History_NothingSent_SaysSo()
    {
        Assert.That((await RunAsync("history")).Output, Is.EqualTo("Nothing was sent yet.\n"));
        Assert.That((await RunAsync("history", "--json")).Output, Is.EqualTo("[]\n"));
    }

    [Test]
    public async Task History_TwoReports_ListsTheLatestFirst()
    {
        await SendAsync(new DeliveryResult.Accepted());
        await _client.Reporter.ResetIdAsync();
        _client.Time.Advance(TimeSpan.FromDays(8));
        await SendAsync(new DeliveryResult.Unreachable("time-out", MaybeReceived: true));

        CommandResult result = await RunAsync("history");

        Assert.That(result.Output, Is.EqualTo(
            "  1  2026-05-26T12:00:00Z  no answer  https://stats.example.org/report\n"
            + "  2  2026-05-18T12:00:00Z  accepted   https://stats.example.org/report\n"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task History_Json_HoldsTheReportByteForByte()
    {
        await SendAsync(new DeliveryResult.Accepted());

        VerifySettings settings = new();
        settings.DontScrubGuids();
        settings.DontScrubDateTimes();
        await Verifier.Verify((await RunAsync("history", "--json")).Output, settings);
    }

    [TestCase]
    [TestCase("1")]
    public async Task Show_Report_PrintsItsVeryBytes(params string[] number)
    {
        await SendAsync(new DeliveryResult.Accepted());

        Assert.That((await RunAsync(["show", .. number])).Output, Is.EqualTo(Paperless.Report + "\n"));
    }

    [Test]
    public async Task Show_Json_IsWhatTheHistoryHasOfIt()
    {
        await SendAsync(new DeliveryResult.Accepted());

        JsonNode shown = JsonNode.Parse((await RunAsync("show", "1", "--json")).Output)!;

        Assert.That((string?)shown["report"], Is.EqualTo(Paperless.Report));
        Assert.That(
            shown.ToJsonString(),
            Is.EqualTo(JsonNode.Parse((await RunAsync("history", "--json")).Output)![0]!.ToJsonString()));
    }

    [TestCase("0")]
    [TestCase("2")]
    [TestCase("-1")]
    public async Task Show_NoSuchReport_IsMisuse(string number)
    {
        await SendAsync(new DeliveryResult.Accepted());

        CommandResult result = await RunAsync("show", "--", number);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Error, Is.EqualTo($"There is no report {number} in the history, which has 1.\n"));
    }

    [Test]
    public async Task Verify_UntouchedHistory_IsAsSent()
    {
        await SendAsync(new DeliveryResult.Accepted());

        Assert.That(await RunAsync("verify"), Is.EqualTo(new CommandResult(0, "All 1 are as they were sent.\n", "")));
    }

    [Test]
    public async Task Verify_ChangedReport_IsNamedWithExitCodeOne()
    {
        await SendAsync(new DeliveryResult.Accepted());
        File.WriteAllText(
            _client.HistoryFile,
            File.ReadAllText(_client.HistoryFile).Replace("2.15.0", "2.16.0", StringComparison.Ordinal));

        Assert.That(await RunAsync("verify"), Is.EqualTo(new CommandResult(1, "No longer as they were sent: 1.\n", "")));
    }

    [Test]
    public async Task Verify_Json_CountsAndNamesTheChangedOnes()
    {
        await SendAsync(new DeliveryResult.Accepted());
        string intact = "{\n  \"checked\": 1,\n  \"changed\": []\n}\n";
        Assert.That(await RunAsync("verify", "--json"), Is.EqualTo(new CommandResult(0, intact, "")));

        File.WriteAllText(
            _client.HistoryFile,
            File.ReadAllText(_client.HistoryFile).Replace("2.15.0", "2.16.0", StringComparison.Ordinal));
        string changed = "{\n  \"checked\": 1,\n  \"changed\": [\n    1\n  ]\n}\n";
        Assert.That(await RunAsync("verify", "--json"), Is.EqualTo(new CommandResult(1, changed, "")));
    }

    [Test]
    public async Task ResetId_KeptId_NextReportHasAnother()
    {
        await SendAsync(new DeliveryResult.Accepted());

        CommandResult result = await RunAsync("reset-id");
        await SendAsync(new DeliveryResult.Accepted());

        Assert.That(result.Output, Is.EqualTo("The installation's id is forgotten. The next report draws a new one.\n"));
        Assert.That(File.ReadAllText(_client.IdFile), Does.Not.Contain(Paperless.Id));
        Assert.That((await _client.Reporter.GetHistoryAsync())[0].Report, Does.Not.Contain(Paperless.Id));
    }

    [Test]
    public async Task ResetId_IdThatCannotBeDeleted_SaysSo()
    {
        File.Delete(_client.IdFile);
        Directory.CreateDirectory(_client.IdFile);

        string error = $"Could not write to {_folder.Path}. Nothing is changed.\n";
        Assert.That(await RunAsync("reset-id"), Is.EqualTo(new CommandResult(1, "", error)));
        Assert.That(
            await RunAsync("reset-id", "--json"),
            Is.EqualTo(new CommandResult(1, "{\n  \"forgotten\": false\n}\n", error)));
    }

    [Test]
    public async Task ResetId_Json_SaysThatItIsForgotten() =>
        Assert.That(
            await RunAsync("reset-id", "--json"), Is.EqualTo(new CommandResult(0, "{\n  \"forgotten\": true\n}\n", "")));

    [Test]
    public async Task Status_Json_IsWhatAProgramReads()
    {
        string json = (await RunAsync("status", "--json")).Output.Replace(_folder.Path, "{folder}", StringComparison.Ordinal);

        VerifySettings settings = new();
        settings.DontScrubGuids();
        await Verifier.Verify(json, settings);
    }

    [Test]
    public async Task Explain_Markdown_IsAPrivacyPage() =>
        await Verifier.Verify((await RunAsync("explain", "--markdown")).Output, extension: "md");

    [Test]
    public async Task Explain_JsonOfOneField_IsItsEntry() =>
        await Verifier.Verify((await RunAsync("explain", "doc_bucket", "--json")).Output);

    private async Task SendAsync(DeliveryResult answer)
    {
        _sink.Answering(answer);
        await _client.ReportAsync(ConsentAnswer.Yes);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandRun.RunAsync(_ => _client.Services, ["usage", .. arguments]);
}
