using System.Text;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

public sealed class SqliteInstallationStoreTests : InstallationStoreConformance
{
    private CapturedLog _log = null!;
    private SqliteReportStore _reports = null!;

    private SqliteInstallationStore Installations => new(Database, _reports);

    private string Database => Folder.Combine("usage.db");

    private string Copy => Folder.Combine("usage.db.backup");

    [TearDown]
    public void DisposeReports()
    {
        _reports.Dispose();
        _log.Dispose();
    }

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

    // What a disk in trouble, or another program, does after the commit.
    [Test]
    public async Task EraseAsync_ClearingFails_IsErasedAndClearedLater()
    {
        const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
        using TestReports reports = new();
        await _reports.StoreAsync(reports.Incoming(Catalog.Default!, DateTimeOffset.UnixEpoch, $"{{\"uuid\":\"{Id}\"}}"));
        Query("CREATE TRIGGER in_the_way BEFORE UPDATE ON erasures WHEN NEW.remains = 0 BEGIN SELECT raise(ABORT, 'no'); END");

        Assert.That(await Installations.EraseAsync(Catalog.Default!, Id), Is.EqualTo(new ErasureOutcome.Erased(1)));
        Task<bool> clearing = _reports.EraseDeletedAsync();
        Assert.That(
            await _reports.StoreAsync(reports.Incoming(Catalog.Default!, DateTimeOffset.UnixEpoch, $"{{\"uuid\":\"{Id}\"}}")),
            Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(await clearing, Is.False);
        Assert.That(_log.Lines, Has.Exactly(1).Contains("What was deleted may still stand in the database's file."));
        Query("DROP TRIGGER in_the_way");
        Assert.That(await _reports.EraseDeletedAsync(), Is.True);
        Assert.That(_reports.IsErasureDue, Is.False);
    }

    // The page at 4 KB x 822 maps the pages behind it, and begins like an inner page of a table.
    [Test]
    public async Task EraseDeletedAsync_DatabaseWithAutoVacuum_IsLeftAlone()
    {
        await _reports.StopAsync(CancellationToken.None);
        Query("PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
        Query("CREATE TABLE filler (number INTEGER PRIMARY KEY, content BLOB)");
        Query("""
            INSERT INTO filler (content) SELECT zeroblob(6000)
            FROM (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i FROM n)
            """);
        Query("UPDATE erasures SET remains = 1");
        await OpenStoresAsync();

        Assert.That(await _reports.EraseDeletedAsync(), Is.False);
        Assert.That(await _reports.EraseDeletedAsync(), Is.False);
        Assert.That(_log.Lines, Has.Exactly(1).Contains("until a VACUUM"));
        await _reports.StopAsync(CancellationToken.None);
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        Query("DELETE FROM filler WHERE number % 3 = 0");
        Query("PRAGMA incremental_vacuum");
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    // In all of the places where a report can be: long in the index, just taken in, and not yet.
    [TestCase(0), TestCase(1), TestCase(2 * ServerLimits.IndexedTogether)]
    public async Task EraseAsync_ReportsOnBothSidesOfTheIndexsEnd_AllAreFoundAndErased(int behind)
    {
        const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
        using TestReports reports = new();
        await StoreAsync(reports, Id, week: 0);
        await StoreOthersAsync(reports, ServerLimits.IndexedTogether - 1);
        await StoreAsync(reports, Id, week: 1);
        await StoreOthersAsync(reports, behind);
        await StoreAsync(reports, Id, week: 2);

        StoredInstallation stored = (await Installations.ReadAsync(Catalog.Default!, Id))!;
        Assert.That(stored.Reports, Has.Count.EqualTo(3));
        Assert.That(
            Query($"SELECT last_id >= {ServerLimits.IndexedTogether} FROM indexed_reports WHERE product = 'erasable'"),
            Is.EqualTo(new[] { "1" }));
        Assert.That(Query($"SELECT count(*) FROM installation_reports WHERE installation = '{Id}'"), Is.Not.EqualTo(new[] { "0" }));
        Assert.That(await Installations.EraseAsync(Catalog.Default!, Id), Is.EqualTo(new ErasureOutcome.Erased(3)));
        Assert.That(Query($"SELECT count(*) FROM reports WHERE uuid = '{Id}'"), Is.EqualTo(new[] { "0" }));
        Assert.That(Query($"SELECT count(*) FROM installation_reports WHERE installation = '{Id}'"), Is.EqualTo(new[] { "0" }));
    }

    // SQLite gives the next report the row number of the newest one when that is gone.
    [Test]
    public async Task ReadAsync_RowNumberOfAnErasedReport_IsFoundForTheNextOne()
    {
        const string Erased = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
        const string Next = "a1b2c3d4-e5f6-4890-abcd-ef1234567891";
        using TestReports reports = new();
        await StoreOthersAsync(reports, ServerLimits.IndexedTogether - 1);
        await StoreAsync(reports, Erased, week: 0);
        Assert.That(Query("SELECT last_id FROM indexed_reports WHERE product = 'erasable'"), Is.EqualTo(Query("SELECT max(id) FROM reports")));
        await Installations.EraseAsync(Catalog.Default!, Erased);

        await StoreAsync(reports, Next, week: 0);

        Assert.That((await Installations.ReadAsync(Catalog.Default!, Next))!.Reports, Has.Count.EqualTo(1));
        await StoreOthersAsync(reports, ServerLimits.IndexedTogether);
        Assert.That((await Installations.ReadAsync(Catalog.Default!, Next))!.Reports, Has.Count.EqualTo(1));
        Assert.That(Query($"SELECT count(*) FROM installation_reports WHERE installation = '{Next}'"), Is.EqualTo(new[] { "1" }));
    }

    // The report that is one too many is gone when its batch is committed, or in one of the next that take in what is waiting.
    [TestCase(true), TestCase(false)]
    public async Task ReadAsync_NewestErasedWhereTheIndexFollows_NextReportIsFound(bool isInTheSameBatch)
    {
        const string Erased = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
        const string Next = "a1b2c3d4-e5f6-4890-abcd-ef1234567891";
        using TestReports reports = new();
        await StoreOthersAsync(reports, ServerLimits.IndexedTogether - 1);
        Task<StoreOutcome> stored = StoreAsync(reports, Erased, week: 0);
        if (!isInTheSameBatch)
        {
            await stored;
        }

        await Installations.EraseAsync(Catalog.Default!, Erased);
        await _reports.CanStoreAsync();
        await StoreAsync(reports, Next, week: 0);

        Assert.That((await Installations.ReadAsync(Catalog.Default!, Next))!.Reports, Has.Count.EqualTo(1));
        Assert.That(await Installations.EraseAsync(Catalog.Default!, Next), Is.EqualTo(new ErasureOutcome.Erased(1)));
    }

    // As a database of an earlier version, in which the product was not configured when that was migrated.
    [Test]
    public async Task OpenAsync_TableOfAVersionBefore_FindsItsReportsAndForgetsItsIndex()
    {
        const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
        using TestReports reports = new();
        await StoreAsync(reports, Id, week: 0);
        await _reports.StopAsync(CancellationToken.None);
        Query("DELETE FROM indexed_reports");
        Query("DROP TRIGGER erased_reports_erasable");
        Query("CREATE TRIGGER erased_reports_erasable AFTER DELETE ON reports_erasable BEGIN SELECT 1; END");
        Query("CREATE INDEX ix_reports_erasable_uuid ON reports_erasable (uuid)");

        await OpenStoresAsync();

        Assert.That((await Installations.ReadAsync(Catalog.Default!, Id))!.Reports, Has.Count.EqualTo(1));
        Assert.That(Query("SELECT name FROM sqlite_master WHERE name = 'ix_reports_erasable_uuid'"), Is.Empty);
        Assert.That(Query("SELECT count(*) FROM sqlite_master WHERE name = 'erased_reports_erasable' AND sql LIKE '%installation_reports%'"), Is.EqualTo(new[] { "1" }));
        await StoreOthersAsync(reports, ServerLimits.IndexedTogether);
        Assert.That(await Installations.EraseAsync(Catalog.Default!, Id), Is.EqualTo(new ErasureOutcome.Erased(1)));
    }

    // As a database of another version whose trigger took another column for the id.
    [Test]
    public async Task OpenAsync_TriggerOfAnotherId_MakesWhatItLeftAnew()
    {
        using TestReports reports = new();
        await StoreOthersAsync(reports, ServerLimits.IndexedTogether);
        await _reports.StopAsync(CancellationToken.None);
        Query("DROP TRIGGER erased_reports_erasable");
        Query("DELETE FROM reports_erasable WHERE id > 9");
        Query("INSERT INTO installation_reports VALUES ('erasable', 'stale', 7)");

        await OpenStoresAsync();

        Assert.That(Query("SELECT count(*) FROM installation_reports WHERE product = 'erasable'"), Is.EqualTo(new[] { "0" }));
        Assert.That(Query("SELECT count(*) FROM indexed_reports WHERE product = 'erasable'"), Is.EqualTo(new[] { "0" }));
    }

    // As it is with a large database of a version that had another index: nobody waits for all of it.
    [Test]
    public async Task StoreAsync_ManyReportsThatNoIndexHas_TakesThemInByAndBy()
    {
        const int Waiting = (5 * ServerLimits.IndexedTogether) - 1;
        const string Id = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
        Query($"""
            INSERT INTO reports_erasable (received, uuid)
            SELECT '1970-01-01T00:00:00Z', '{Id}' FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Waiting}) SELECT i FROM n)
            """);
        using TestReports reports = new();
        List<string> reached = [];
        for (int week = 0; week < 3; week++)
        {
            await StoreAsync(reports, Id, week);
            reached.AddRange(Query("SELECT last_id FROM indexed_reports WHERE product = 'erasable'"));
        }

        Assert.That(reached, Is.EqualTo(new[] { "16384", "32768", "49152" }));
        Assert.That((await Installations.ReadAsync(Catalog.Default!, Id))!.Reports, Has.Count.EqualTo(Waiting + 3));
    }

    [TestCase(null), TestCase(""), TestCase("short")]
    public async Task OpenAsync_MarksWithoutTheirKey_AreRefused(string? key)
    {
        new Tombstones(Database).Add("erasable", "a1b2c3d4-e5f6-4890-abcd-ef1234567890");
        await _reports.StopAsync(CancellationToken.None);
        File.Delete($"{Database}.erased.key");
        if (key is not null)
        {
            await File.WriteAllTextAsync($"{Database}.erased.key", key);
        }

        Assert.That(
            () => OpenStoresAsync(),
            Throws.TypeOf<UsageStoreException>().With.Message.StartsWith($"The key {Database}.erased.key of {Database}.erased is missing or damaged: "));
    }

    private protected override async Task<(IReportStore Reports, IInstallationStore Installations)> OpenStoresAsync()
    {
        _log = new CapturedLog();
        _reports = new SqliteReportStore(Database, Catalog, Unmeasured.Store, _log.For<SqliteReportStore>());
        await _reports.StartAsync(CancellationToken.None);
        return (_reports, Installations);
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

    private Task<StoreOutcome> StoreAsync(TestReports reports, string id, int week) => _reports.StoreAsync(reports.Incoming(
        Catalog.Default!, DateTimeOffset.UnixEpoch.AddDays(7 * week), $"{{\"uuid\":\"{id}\"}}"));

    private async Task StoreOthersAsync(TestReports reports, int count)
    {
        foreach (string[] ids in Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString()).Chunk(ServerLimits.BatchSize))
        {
            await Task.WhenAll(ids.Select(id => StoreAsync(reports, id, week: 0)));
        }
    }

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
