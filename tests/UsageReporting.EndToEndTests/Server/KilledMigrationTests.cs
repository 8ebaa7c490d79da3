using Microsoft.Data.Sqlite;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>A database of the first version, its migration killed at each of its writes: strace delivers the SIGKILL.</summary>
[Category("Long")] // Two processes for each write.
[RequiresTool("strace")]
public sealed class KilledMigrationTests
{
    [TestCase("pwrite64"), TestCase("fsync")]
    public async Task Run_KilledInTheMigration_IsMigratedByTheNextStart(string call)
    {
        int kills = 0;
        while (await KillAndStartAgainAsync(call, kills + 1))
        {
            kills++;
        }

        TestContext.Out.WriteLine($"Killed at each of {kills} calls of {call}.");
        Assert.That(kills, Is.GreaterThan(1));
    }

    // Whether there was such a call to be killed at. Beside the default product printernizer has a side table, which is new to
    // the second version: that is written down in a transaction of its own.
    private static async Task<bool> KillAndStartAgainAsync(string call, int when)
    {
        using TemporaryFolder folder = new();
        string database = folder.Combine("usage.db");
        MakeVersion1(database);
        await using (ChildProcess killed = ServerProcess.Run(
            folder.Path,
            [
                "strace", "-f", "-o", folder.Combine("trace"),
                "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={when}",
                "-P", database, "-P", $"{database}-wal",
            ]))
        {
            Task listens = killed.WaitForOutputAsync("Listening");
            Task<ChildResult> ended = killed.WaitForExitAsync();
            if (await Task.WhenAny(listens, ended) == listens && listens.IsCompletedSuccessfully)
            {
                return false;
            }

            Assert.That((await ended).ExitCode, Is.EqualTo(128 + 9));
        }

        await using ServerProcess server = await ServerProcess.StartAsync(folder.Path);
        Assert.That(await server.SendAsync(Reports.Id), Is.EqualTo(System.Net.HttpStatusCode.NoContent));
        Assert.That(
            StoredReports.Query(database, """
                SELECT (SELECT user_version > 1 FROM pragma_user_version) || ' ' || (SELECT count(*) FROM reports) || ' '
                    || (SELECT count(*) FROM reports_printernizer) || ' '
                    || (SELECT count(*) FROM fields WHERE product = 'printernizer' AND field NOT LIKE '!_%' ESCAPE '!') || ' '
                    || (SELECT integrity_check FROM pragma_integrity_check)
                """).Single().Values.Single(),
            Is.EqualTo($"1 3 1 {SeedSchemas.Printernizer.Fields.Count + 1} ok"));
        return true;
    }

    private static void MakeVersion1(string database)
    {
        using SqliteConnection connection = new($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own file.
        command.CommandText = "PRAGMA journal_mode = WAL;\n" + File.ReadAllText(RepositoryRoot.Combine(
            "tests", "UsageReporting.Tests", "Server", "Storage", "Sqlite", "version-1.sql"));
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        // Reported too long ago to be in the way.
        command.CommandText = "UPDATE installations SET last_seen = '2026-01-01T00:00:00Z'";
        command.ExecuteNonQuery();
    }
}
