using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The program that measures the server still runs, whatever it measures here.</summary>
[Category("Long")] // Every subject, twice.
public sealed class LoadProgramTests
{
    private static readonly string[] Rows =
        ["Empty", "Validation", "Durable", "Duplicate", "Unbatched", "OneTransactionARequest", "OneTransactionInWal", "Downloads"];

    [Test]
    public async Task Run_ShortRounds_PrintsEveryRow()
    {
        ChildResult load = await RunAsync("--rounds", "1", "--seconds", "0.2");

        string[] rows = [.. load.Output.Split('\n').Where(line => line.Contains('%')).Select(line => line.Split(' ')[0])];
        Assert.That(load.ExitCode, Is.Zero);
        Assert.That(rows, Is.EqualTo((string[])[.. Rows, .. Rows]));
    }

    [Test, RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
    public async Task Run_OnPostgreSql_PrintsEveryRow()
    {
        ChildResult load = await RunAsync(
            "--rounds", "1", "--seconds", "0.2", "--postgresql", PostgreSqlCluster.Shared.ConnectionString("postgres"));

        string[] rows = [.. load.Output.Split('\n').Where(line => line.Contains('%')).Select(line => line.Split(' ')[0])];
        Assert.That(load.ExitCode, Is.Zero, load.Error);
        Assert.That(rows, Is.EqualTo(new[] { "Empty", "PostgreSql", "OneStatementARequest", "Empty", "PostgreSql", "OneStatementARequest" }));
    }

    [Test]
    public async Task Run_Growth_ComparesTheTimes()
    {
        ChildResult load = await RunAsync("growth", "--rounds", "1", "--installations", "20000");

        Assert.That(load.ExitCode, Is.Zero);
        Assert.That(load.Output, Does.Contain("20,000 installations: ").And.Contain(" times as long."));
    }

    [Test]
    public async Task Run_Latency_SaysHowLongAnswersTake()
    {
        ChildResult load = await RunAsync("latency", "--rounds", "1", "--seconds", "0.2");

        Assert.That(load.ExitCode, Is.Zero, load.Error);
        Assert.That(load.Output, Does.Contain("99 % of them within "));
    }

    [Test]
    public async Task Run_Statistics_ClosesAWeekAndReadsASummary()
    {
        ChildResult load = await RunAsync("statistics", "--rounds", "1", "--installations", "2000");

        Assert.That(load.ExitCode, Is.Zero, load.Error);
        Assert.That(load.Output, Does.Match("A week of 2,000 reports: closed [0-9.]+ s after it could be"));
        Assert.That(load.Output, Does.Contain("Reports a second meanwhile ").And.Contain("GET /stats/summary, alone: "));
    }

    private static Task<ChildResult> RunAsync(params string[] arguments)
    {
        // bin/<configuration>/net10.0/ of the test project itself.
        DirectoryInfo own = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = RepositoryRoot.Combine(
            "benchmarks", "UsageReporting.Load", "bin", own.Parent!.Name, own.Name, "UsageReporting.Load.dll");
        return ChildProcess.RunAsync(
            "dotnet", [program, .. arguments], new ChildOptions { Bound = TimeSpan.FromMinutes(2) });
    }
}
