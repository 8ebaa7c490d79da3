using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>
/// The built sample, killed at each moment between the yes and the end: strace delivers SIGKILL at the system
/// call that a moment is. Whatever the moment, the report is counted once.
/// </summary>
[TestFixture]
[RequiresTool("strace")]
internal sealed class KilledAskEachTimeTests
{
    private TemporaryFolder _folder = null!;
    private string _state = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _state = _folder.Combine("state");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase("rename", null, 1, TestName = "Send_KilledBeforeTheIdIsKept_IsCountedOnce")]
    [TestCase("rename", null, 2, TestName = "Send_KilledBeforeTheReportIsFrozen_IsCountedOnce")]
    [TestCase("rename", null, 3, TestName = "Send_KilledBeforeTheAttemptIsNoted_IsCountedOnce")]
    [TestCase("rename", null, 4, TestName = "Send_KilledBeforeTheAttemptIsInTheHistory_IsCountedOnce")]
    [TestCase("rename", null, 5, TestName = "Send_KilledBeforeTheAnswerIsInTheHistory_IsCountedOnce")]
    [TestCase("rename", null, 6, TestName = "Send_KilledBeforeTheAnswerIsNoted_IsCountedOnce")]
    [TestCase("connect", null, TestName = "Send_KilledBeforeTheConnection_IsCountedOnce")]
    [TestCase("sendto,sendmsg", null, TestName = "Send_KilledBeforeTheRequest_IsCountedOnce")]
    [TestCase("recvfrom,recvmsg", null, TestName = "Send_KilledBeforeTheAnswer_IsCountedOnce")]
    [TestCase("unlink", "frozen_report.json", TestName = "Send_KilledBeforeTheReportIsDropped_IsCountedOnce")]
    [TestCase("fsync", null, 2, TestName = "Send_KilledBeforeTheKeptIdIsDurable_IsCountedOnce")]
    [TestCase("fsync", null, 4, TestName = "Send_KilledBeforeTheFrozenReportIsDurable_IsCountedOnce")]
    [TestCase("fsync", null, 8, TestName = "Send_KilledBeforeTheNotedAttemptIsDurable_IsCountedOnce")]
    [TestCase("fsync", null, 10, TestName = "Send_KilledBeforeTheNotedAnswerIsDurable_IsCountedOnce")]
    [Property("Case", 112)]
    public async Task Send_Killed(string calls, string? file, int when = 1)
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        ChildResult killed = await ChildProcess.RunAsync(
            "strace",
            [
                "-f", "-o", _folder.Combine("trace"), "-e", $"trace={calls}", "-e", $"inject={calls}:signal=SIGKILL:when={when}",
                .. file is null ? Array.Empty<string>() : ["-P", Path.Combine(_state, file)],
                "dotnet", .. Send(server),
            ],
            Options);
        ChildResult next = await ChildProcess.RunAsync("dotnet", Send(server), Options);

        // Killed when the answer was known and noted, the next report is a new one.
        bool isAnswered = calls == "unlink";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(killed.Output, Does.Not.Contain("Thank you"), "it was not killed in time");
            Assert.That(next.Output, isAnswered ? Does.Contain("\nAlready submitted today.") : Does.EndWith("\nReport sent. Thank you.\n"));
            Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports"), Has.Count.EqualTo(1));
            Assert.That(Path.Combine(_state, "frozen_report.json"), Does.Not.Exist);
            Assert.That(File.ReadAllText(Path.Combine(_state, "history.jsonl")), Does.Contain("\"answer\":\"accepted\""));
        }
    }

    [Test, Category("Long"), Property("Case", 110)]
    public async Task Send_SixteenProcessesAtOnce_IsCountedOnce()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        ChildResult[] runs = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => ChildProcess.RunAsync("dotnet", Send(server), Options)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero);
            Assert.That(runs.Count(run => run.Output.EndsWith("\nReport sent. Thank you.\n", StringComparison.Ordinal)), Is.Not.Zero);
            Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports"), Has.Count.EqualTo(1));
        }
    }

    private string[] Send(RunningReferenceServer server) =>
        [BuiltSample.Dll("AskEachTime"), "usage", "send", "--yes", "--endpoint", server.Endpoint, "--data-directory", _state];

    private static ChildOptions Options => new()
    {
        Environment = new Dictionary<string, string?>
        {
            ["DO_NOT_TRACK"] = null,

            // The runtime's own sockets would be killed in the place of ours.
            ["DOTNET_EnableDiagnostics"] = "0",

            // strace counts the calls of each thread by itself.
            ["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1",
            ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1",
        },
    };
}
