using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Document 000's five queries on SQLite.</summary>
public sealed class QueriesTests
{
    private TemporaryFolder _folder = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await RunningServer.StartAsync(_folder);
        foreach (string channel in new[] { "beta", "beta", "stable" })
        {
            (await _server.PostAsync(Reports.Paperless(Reports.NewId(), channel))).Dispose();
        }
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public void Query_WhileTheServerRuns_Answers()
    {
        foreach ((string sql, string[] rows) in SeedQueries.All)
        {
            Assert.That(_server.Query(sql), Is.EqualTo(rows), sql);
        }
    }

    [Test, RequiresTool("sqlite3")]
    public async Task Query_WithTheSqliteShell_Answers()
    {
        foreach ((string sql, string[] rows) in SeedQueries.All)
        {
            ChildResult shell = await ChildProcess.RunAsync("sqlite3", ["-readonly", _folder.Combine("usage.db"), sql]);

            Assert.That(shell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(rows), shell.Error);
        }
    }
}
