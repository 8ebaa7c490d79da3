using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>A backup moved over the database of a server that then ends: its log must not undo that.</summary>
[RequiresTool("sqlite3")]
[Platform("Linux", Reason = "Elsewhere files are not known again.")]
public sealed class RestoreTests
{
    private TemporaryFolder _folder = null!;

    private string Database => _folder.Combine("usage.db");

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase("TERM", true), TestCase("KILL", true), TestCase("KILL", false), Property("Case", 103)]
    public async Task Run_EndedAfterABackupWasMovedThere_KeepsToTheBackup(string signal, bool isReaderThere)
    {
        string kept = Reports.NewId();
        await using ChildProcess? reader = await EndAfterRestoreAsync(kept, signal, isReaderThere);

        if (signal == "TERM")
        {
            Assert.That($"{Database}-wal", Does.Not.Exist);
        }

        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
        Assert.That(Stored(), Is.EqualTo(new[] { kept }));
        Assert.That(await server.SendAsync(kept), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await server.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Stored(), Is.EquivalentTo(new[] { kept, Reports.Id }));
        Assert.That(StoredReports.Query(Database, "PRAGMA integrity_check").Single().Values, Is.EqualTo(new[] { "ok" }));
        Assert.That(new FileInfo($"{Database}-wal.1").Length, Is.Positive);
    }

    [Test, Property("Case", 101)]
    public async Task Run_FolderOfAKilledServerCopiedAsAWhole_LosesNothing()
    {
        await using (ServerProcess killed = await ServerProcess.StartAsync(_folder.Path))
        {
            await killed.SendAsync(Reports.Id);
            killed.Process.Signal("KILL");
            await killed.Process.WaitForExitAsync();
        }

        using TemporaryFolder copy = new();
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            File.Copy(file, copy.Combine(Path.GetFileName(file)));
        }

        await using ServerProcess server = await ServerProcess.StartAsync(copy.Path);
        Assert.That(await server.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    private async Task<ChildProcess?> EndAfterRestoreAsync(string kept, string signal, bool isReaderThere)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
        await server.SendAsync(kept);
        string backup = _folder.Combine("backup.db");
        await ChildProcess.RunAsync("sqlite3", [Database, $"VACUUM INTO '{backup}'"]);
        ChildProcess? reader = isReaderThere
            ? ChildProcess.Start(
                "sqlite3", [Database, "BEGIN", "SELECT count(*) FROM reports", ".shell echo reading && sleep 1000"])
            : null;
        await (reader?.WaitForOutputAsync("reading") ?? Task.CompletedTask);
        for (int i = 0; i < 20; i++)
        {
            await server.SendAsync(Reports.NewId());
        }

        File.Move(backup, Database, overwrite: true);
        server.Process.Signal(signal);
        await server.Process.WaitForExitAsync();
        return reader;
    }

    private string[] Stored() => [.. StoredReports.Query(Database, "SELECT uuid FROM reports").Select(row => (string)row["uuid"]!)];
}
