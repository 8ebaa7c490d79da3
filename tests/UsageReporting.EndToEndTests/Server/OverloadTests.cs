using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// Ten times the reports that can be stored, for a minute: more clients than the queue has places, on a database that
/// another process locks for as long as that takes.
/// </summary>
[Category("Long")]
[Platform("Linux", Reason = "Memory is read from /proc.")]
[RequiresTool("sqlite3")]
public sealed class OverloadTests
{
    // More than 1,536, which is what the queue and a batch hold.
    private const int Clients = 1_900;

    private const int Times = 10;

    [Test]
    public async Task Post_TenTimesWhatCanBeStored_KeepsMemoryFlatAndAcceptedReportsSafe()
    {
        using TemporaryFolder folder = new();
        await using ServerProcess server = await ServerProcess.StartAsync(folder.Path);
        using CancellationTokenSource over = new(TimeSpan.FromMinutes(1));
        Load load = new(server);
        Task running = load.RunAsync(Clients, over.Token);
        while (!over.IsCancellationRequested)
        {
            int before = load.Accepted.Count;
            await UntilAsync(() => load.Accepted.Count > before, over.Token);
            await using ChildProcess other = ChildProcess.Start(
                "sqlite3",
                [folder.Combine("usage.db"), ".timeout 60000", "BEGIN IMMEDIATE", ".shell echo locked && sleep 1000"],
                new ChildOptions { Bound = TimeSpan.FromMinutes(2) });
            await other.WaitForOutputAsync("locked");
            await UntilAsync(() => load.Refused.Values.Sum() >= Times * load.Accepted.Count, over.Token);
        }

        await running;
        long memory = server.PeakMemory();

        int refused = load.Refused.Values.Sum();
        TestContext.Out.WriteLine(
            $"{load.Accepted.Count} accepted, {refused} refused, {load.Uncertain.Count} without an answer; "
            + $"at most {memory >> 20} MB in memory.");
        // The minute may end before the last lock has lasted long enough.
        Assert.That(refused, Is.GreaterThan(Times / 2 * load.Accepted.Count));
        // Of a client that a busy machine forgets for seconds Kestrel thinks that it is slow on purpose.
        Assert.That(load.Refused.Keys, Has.Member(HttpStatusCode.ServiceUnavailable).And.SubsetOf(
            new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.RequestTimeout }));
        Assert.That(memory, Is.LessThan(256 << 20));
        string[] stored =
        [
            .. StoredReports.Query(folder.Combine("usage.db"), "SELECT uuid FROM reports").Select(row => (string)row["uuid"]!),
        ];
        Assert.That(stored, Is.Unique.And.SupersetOf(load.Accepted));
        Assert.That(stored.Except(load.Accepted), Is.SubsetOf(load.Uncertain));
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken over)
    {
        while (!over.IsCancellationRequested && !condition())
        {
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
