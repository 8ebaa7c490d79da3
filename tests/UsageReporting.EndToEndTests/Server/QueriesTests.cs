using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Document 000's five queries as they are printed there, but for the quoted reserved word.</summary>
public sealed class QueriesTests
{
    private static readonly (string Sql, string[] Rows)[] Queries =
    [
        ("SELECT COUNT(DISTINCT uuid)\nFROM reports\nWHERE channel = 'beta';", ["2"]),
        ("SELECT \"commit\", COUNT(DISTINCT uuid) AS installs\nFROM reports\nWHERE channel = 'beta'\nGROUP BY \"commit\"\nORDER BY installs DESC;", ["bd86dca57|2"]),
        ("SELECT arch, COUNT(DISTINCT uuid) AS installs\nFROM reports\nGROUP BY arch\nORDER BY installs DESC;", ["x86_64|3"]),
        ("SELECT install_type, COUNT(DISTINCT uuid) AS installs\nFROM reports\nGROUP BY install_type\nORDER BY installs DESC;", ["docker|3"]),
        ("SELECT database, COUNT(DISTINCT uuid) AS installs\nFROM reports\nGROUP BY database\nORDER BY installs DESC;", ["postgresql|3"]),
    ];

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
        foreach ((string sql, string[] rows) in Queries)
        {
            Assert.That(_server.Query(sql), Is.EqualTo(rows), sql);
        }
    }

    [Test, RequiresTool("sqlite3")]
    public async Task Query_WithTheSqliteShell_Answers()
    {
        foreach ((string sql, string[] rows) in Queries)
        {
            ChildResult shell = await ChildProcess.RunAsync("sqlite3", ["-readonly", _folder.Combine("usage.db"), sql]);

            Assert.That(shell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(rows), shell.Error);
        }
    }
}
