using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

public sealed class SqliteInstallationStoreTests : InstallationStoreConformance
{
    private SqliteReportStore _reports = null!;

    private string Database => Folder.Combine("usage.db");

    private string Copy => Folder.Combine("usage.db.backup");

    [TearDown]
    public void DisposeReports() => _reports.Dispose();

    [Test]
    public async Task EraseDeletedAsync_ReaderInTheWay_IsDueUntilItEnds()
    {
        await _reports.EraseDeletedAsync();
        Assert.That(_reports.IsErasureDue, Is.False);
        await using (SqliteConnection reader = Connect())
        {
            using SqliteTransaction transaction = reader.BeginTransaction(deferred: true);
            Query(reader, "SELECT count(*) FROM installations");
            await _reports.CanStoreAsync();

            Assert.That(await _reports.EraseDeletedAsync(), Is.False);
            Assert.That(_reports.IsErasureDue, Is.True);
        }

        Assert.That(await _reports.EraseDeletedAsync(), Is.True);
        Assert.That(_reports.IsErasureDue, Is.False);
    }

    [Test]
    public async Task OpenAsync_MarkWithoutItsErasure_IsFollowed()
    {
        // As a crash leaves it: the mark is durable, and the transaction was not.
        const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
        using TestReports reports = new();
        await _reports.StoreAsync(reports.Incoming(Catalog.Default!, DateTimeOffset.UnixEpoch, $"{{\"uuid\":\"{Id}\"}}"));
        await _reports.StopAsync(CancellationToken.None);
        new Tombstones(Database).Add("erasable", Id);
        await File.AppendAllTextAsync($"{Database}.erased", "half a li");

        await OpenStoresAsync();

        Assert.That(Query("SELECT count(*) FROM installations"), Is.EqualTo(new[] { "0" }));
        Assert.That(Query("SELECT followed FROM erasures"), Is.EqualTo(new[] { "1" }));
    }

    private protected override async Task<(IReportStore Reports, IInstallationStore Installations)> OpenStoresAsync()
    {
        _reports = new SqliteReportStore(Database, Catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await _reports.StartAsync(CancellationToken.None);
        return (_reports, new SqliteInstallationStore(Database, _reports));
    }

    private protected override Task CloseStoresAsync() => _reports.StopAsync(CancellationToken.None);

    private protected override void Backup()
    {
        using SqliteConnection connection = Connect();
        Query(connection, $"VACUUM INTO '{Copy}'");
    }

    private protected override string ReadAll() => string.Concat(
        Directory.GetFiles(Folder.Path).Where(file => !file.EndsWith(".backup", StringComparison.Ordinal)).Select(Read));

    private static string Read(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            // The lock, which holds numbers of files.
            return "";
        }
    }

    private protected override void Restore() => File.Move(Copy, Database, overwrite: true);

    protected override IReadOnlyList<string> Query(string sql)
    {
        using SqliteConnection connection = Connect();
        return Query(connection, sql);
    }

    private static List<string> Query(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> values = [];
        while (rows.Read())
        {
            values.Add(rows.IsDBNull(0) ? "" : rows.GetString(0));
        }

        return values;
    }

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
