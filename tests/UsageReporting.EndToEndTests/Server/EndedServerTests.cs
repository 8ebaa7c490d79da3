using System.Diagnostics;
using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The server ended at any moment of a load, again and again on the same file.</summary>
[Category("Long")] // A hundred processes.
public sealed class EndedServerTests
{
    private const int Rounds = 50;

    // How much of a load passes before the end; seeded, so that a failure can be repeated.
    private readonly Random _random = new(4);
    private readonly HashSet<string> _accepted = [];
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _accepted.Clear();
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test, Property("Case", 97)]
    public async Task Run_KilledUnderLoad_LosesNoAcceptedReportAndHasNoneTwice()
    {
        List<double> ready = [];
        string[] uncertain = [];
        for (int round = 0; round <= Rounds; round++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
            ready.Add(server.Started.TotalSeconds);
            await ResendAsync(server, uncertain);
            AssertStored();

            Load load = new(server);
            Task running = load.RunAsync(clients: 8);
            await load.WaitForAsync(_random.Next(1, 200));
            server.Process.Signal("KILL");
            await running;
            _accepted.UnionWith(load.Accepted);
            uncertain = [.. load.Uncertain];
        }

        Print("ready after a kill", ready[1..]);
        Assert.That(ready, Is.All.LessThan(20));
    }

    [Test, Property("Case", 97)]
    public async Task Run_TerminatedUnderLoad_StoresWhatItAcceptedAndExitsWithZero()
    {
        List<double> ended = [];
        for (int round = 0; round < Rounds; round++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
            Load load = new(server);
            Task running = load.RunAsync(clients: 8);
            await load.WaitForAsync(_random.Next(1, 200));

            Stopwatch since = Stopwatch.StartNew();
            server.Process.Signal("TERM");
            ChildResult result = await server.Process.WaitForExitAsync();
            ended.Add(since.Elapsed.TotalSeconds);
            await running;
            _accepted.UnionWith(load.Accepted);

            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Error, Is.Empty);
            Assert.That(File.Exists(_folder.Combine("usage.db-wal")), Is.False);
            AssertStored();
        }

        Print("ended after SIGTERM", ended);
        Assert.That(ended, Is.All.LessThan(20));
    }

    // What got no answer is sent once more, as clients do; it is new, or it was stored before.
    private async Task ResendAsync(ServerProcess server, string[] uncertain)
    {
        foreach (string id in uncertain)
        {
            Assert.That(
                await server.SendAsync(id), Is.EqualTo(HttpStatusCode.NoContent).Or.EqualTo(HttpStatusCode.TooManyRequests));
            _accepted.Add(id);
        }
    }

    private void AssertStored()
    {
        string[] stored = [.. Query("SELECT uuid AS value FROM reports")];
        Assert.That(stored, Is.Unique);
        Assert.That(_accepted.Except(stored), Is.Empty);
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    private IEnumerable<string> Query(string sql) =>
        StoredReports.Query(_folder.Combine("usage.db"), sql).Select(row => (string)row.Values.Single()!);

    private void Print(string what, List<double> seconds)
    {
        seconds.Sort();
        TestContext.Out.WriteLine(
            $"{seconds.Count} rounds, {_accepted.Count} reports; {what}: median {seconds[seconds.Count / 2]:0.00} s, "
            + $"longest {seconds[^1]:0.00} s.");
    }
}
