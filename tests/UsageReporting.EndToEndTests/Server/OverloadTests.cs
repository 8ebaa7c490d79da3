using System.Globalization;
using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>More clients than the queue has places, on a database that another process locks now and then.</summary>
[Category("Long")]
[Platform("Linux", Reason = "Memory is read from /proc.")]
[RequiresTool("sqlite3")]
public sealed class OverloadTests
{
    // More than 1,536, which is what the queue and a batch hold.
    private const int Clients = 1_900;

    [Test]
    public async Task Post_MoreThanTheQueueHolds_KeepsMemoryFlatAndAcceptedReportsSafe()
    {
        using TemporaryFolder folder = new();
        await using ServerProcess server = await ServerProcess.StartAsync(folder.Path);
        using CancellationTokenSource over = new(TimeSpan.FromSeconds(20));
        Load load = new(server);
        Task running = load.RunAsync(Clients, over.Token);
        while (!over.IsCancellationRequested)
        {
            // Two of three seconds nothing can be written, and the queue is full.
            await ChildProcess.RunAsync(
                "sqlite3", [folder.Combine("usage.db"), ".timeout 5000", "BEGIN IMMEDIATE", ".shell sleep 2", "ROLLBACK", ".shell sleep 1"]);
        }

        await running;
        long memory = PeakMemory(server.Process.Id);

        TestContext.Out.WriteLine(
            $"{load.Accepted.Count} accepted, {load.Refused.Values.Sum()} refused; at most {memory / 1_024} MB in memory.");
        Assert.That(load.Uncertain, Is.Empty);
        Assert.That(load.Refused.Keys, Is.EqualTo(new[] { HttpStatusCode.ServiceUnavailable }));
        Assert.That(memory, Is.LessThan(256 * 1_024));
        string[] stored =
        [
            .. StoredReports.Query(folder.Combine("usage.db"), "SELECT uuid FROM reports").Select(row => (string)row["uuid"]!),
        ];
        Assert.That(stored, Is.EquivalentTo(load.Accepted));
    }

    // Kilobytes.
    private static long PeakMemory(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);
}
