using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

/// <summary>What operators, backups and other programs do to the file of the database.</summary>
public sealed class SqliteFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private TemporaryFolder _folder = null!;
    private TestReports _reports = null!;
    private ProductCatalog _catalog = null!;

    private string Database => _folder.Combine("usage.db");

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _reports = new TestReports();
        _catalog = TestCatalog.Of(_folder, SeedSchemas.PaperlessNgx, SeedSchemas.Printernizer);
    }

    [TearDown]
    public void TearDown()
    {
        _reports.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void StartAsync_NewFile_IsMarkedDurableAndItsOwnersOnly()
    {
        using SqliteReportStore store = Start();

        Assert.Multiple(() =>
        {
            Assert.That(Query("PRAGMA application_id"), Is.EqualTo(new[] { $"{SqliteMigrations.ApplicationId}" }));
            Assert.That(Query("PRAGMA user_version"), Is.EqualTo(new[] { $"{SqliteMigrations.Steps.Count}" }));
            Assert.That(Query("PRAGMA journal_mode"), Is.EqualTo(new[] { "wal" }));
            foreach (string file in new[] { "", "-wal", "-shm", ".lock" })
            {
                Assert.That(
                    OperatingSystem.IsWindows() || File.GetUnixFileMode(Database + file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite),
                    file);
            }
        });
    }

    [Test]
    public void StartAsync_Again_ChangesNothing()
    {
        Start().Dispose();
        string before = Query("PRAGMA schema_version").Single();
        byte[] bytes = File.ReadAllBytes(Database);

        Start().Dispose();

        Assert.That(Query("PRAGMA schema_version"), Is.EqualTo(new[] { before }));
        Assert.That(File.ReadAllBytes(Database), Is.EqualTo(bytes));
    }

    [Test, Property("Case", 100)]
    public async Task StartAsync_UsedByAnotherServer_RefusesUntilThatOneEnds()
    {
        SqliteReportStore first = Start();

        Assert.That(
            () => Start(),
            Throws.TypeOf<UsageStoreException>().With.Message.EqualTo($"{Database} is in use by another server."));

        Assert.That(await StoreAsync(first), Is.InstanceOf<StoreOutcome.Accepted>());
        first.Dispose();
        using SqliteReportStore second = Start();
        Assert.That(await second.CanStoreAsync(), Is.True);
    }

    [Test]
    public async Task StartAsync_ThroughALink_IsTheSameDatabase()
    {
        string link = _folder.Combine("link.db");
        File.CreateSymbolicLink(link, Database);
        using SqliteReportStore store = Start(link);

        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "1" }));
        Assert.That(() => Start(), Throws.TypeOf<UsageStoreException>());
    }

    [TestCase("PRAGMA user_version = 1000", "was written by a later version of this server."), Property("Case", 93)]
    [TestCase("PRAGMA application_id = 7", "is a database of another program.")]
    public void StartAsync_DatabaseOfAnother_RefusesAndLeavesItToTheByte(string change, string mistake)
    {
        Start().Dispose();
        Run(Database, change);

        AssertRefusedAndLeft(mistake);
    }

    [Test, Property("Case", 93)]
    public void StartAsync_LaterVersionThatStandsInTheLogOnly_RefusesAndLeavesBothToTheByte()
    {
        Start().Dispose();
        using (SqliteConnection other = Connect(Database))
        {
            Run(other, "PRAGMA user_version = 1000");
            CopyAsAKilledServerLeavesIt();
        }

        PutTheCopyBack();
        byte[] log = File.ReadAllBytes($"{Database}-wal");
        AssertRefusedAndLeft("was written by a later version of this server.");
        Assert.That(File.ReadAllBytes($"{Database}-wal"), Is.EqualTo(log));
    }

    [Test, Property("Case", 93)]
    public void StartAsync_NotADatabase_RefusesAndLeavesIt()
    {
        File.WriteAllText(Database, new string('x', 5_000));

        AssertRefusedAndLeft("cannot be used: SQLite Error 26: 'file is not a database'.");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(6)]
    public async Task StartAsync_OldVersion_IsMigratedAndKeepsWhatItHolds(int version)
    {
        OldVersion.Make(Database, version);

        using SqliteReportStore store = Start();

        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.AlreadyReported>());
        Assert.That(await StoreAsync(store, Id(7)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.Multiple(() =>
        {
            Assert.That(Query("PRAGMA user_version"), Is.EqualTo(new[] { $"{SqliteMigrations.Steps.Count}" }));
            Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "3" }));
            Assert.That(Query("SELECT printer_fleet_printer_count FROM reports_printernizer"), Is.EqualTo(new[] { "3" }));
            Assert.That(Query("SELECT count(*) FROM report_values"), Is.EqualTo(new[] { "5" }));
            Assert.That(
                Query("SELECT DISTINCT form FROM fields WHERE product = 'paperless-ngx' AND field IN ('uuid', 'arch')"),
                Is.EqualTo(new[] { "TEXT" }));
            Assert.That(Query("SELECT count(*) FROM nonces"), Is.EqualTo(new[] { "0" }));
            Assert.That(Query("SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix!_reports!_%' ESCAPE '!'"), Is.Empty);
            Assert.That(
                Query("SELECT product || ' ' || span || ' ' || first_id || '-' || last_id || ' ' || came FROM report_spans"),
                Is.EqualTo(new[] { "paperless-ngx 2026-05-18 1-3 3", "printernizer 2026-05-18 1-1 1" }));
            Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        });
    }

    [Test]
    public async Task StartAsync_Version6_KeepsItsNumbersAndPublishesThem()
    {
        OldVersion.Make(Database, 6);

        using SqliteReportStore store = Start();

        SqliteRollupStore rollups = new(Database, store);
        UsageWindow week = UsageWindow.Of(WindowKind.Week, new DateOnly(2026, 5, 11));
        Rollup kept = (await rollups.ReadAsync(_catalog.Default!, week, week, name: null)).Single().Rollup;
        Assert.That(RollupText.Of(kept), Is.EqualTo("2026-W20 40 held 0: channel[beta 25, stable 15]"));
        Assert.That(kept.Fields.Single().WasPublic);
        Assert.That(Query("SELECT package FROM package_counters ORDER BY total DESC, package"), Is.EqualTo(new[] { "wp-plugin/akismet" }));
    }

    [Test]
    public void StartAsync_Version1WithAFieldOfAnotherForm_Refuses()
    {
        OldVersion.Make(Database, 1);
        _catalog = TestCatalog.Of(_folder, ReportSchema.Create(
            new SchemaHeader { Product = "paperless-ngx" }, [UsageField.Count("arch", "Arch", "Now a number.", 0, 9)]));

        Assert.That(() => Start(), Throws.TypeOf<UsageStoreException>().With.Message.Contains("stores arch as TEXT"));
    }

    [Test, Category("Long")]
    public void StartAsync_FieldAddedToAMillionReports_WritesNoReportAgain()
    {
        Start().Dispose();
        Run(Database, """
            INSERT INTO reports_paperless_ngx (received, uuid, version)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
            SELECT '2026-05-18T12:00:00Z', printf('a1b2c3d4-e5f6-4890-abcd-%012d', i), '2.15.0' FROM n
            """);
        Stopwatch unchanged = Stopwatch.StartNew();
        Start().Dispose();
        unchanged.Stop();
        ReportSchema schema = SeedSchemas.PaperlessNgx;
        _catalog = TestCatalog.Of(
            _folder, ReportSchema.Create(schema.Header, [.. schema.Fields, UsageField.Flag("brand_new", "New", "A new flag.")]));
        Stopwatch changed = Stopwatch.StartNew();

        using SqliteReportStore store = Start();

        changed.Stop();
        TestContext.Out.WriteLine(
            $"A start takes {unchanged.ElapsedMilliseconds} ms, one that adds a field {changed.ElapsedMilliseconds} ms.");
        Assert.That(new FileInfo($"{Database}-wal").Length, Is.LessThan(100_000));
        Assert.That(Query("SELECT count(*) FROM reports WHERE brand_new IS NULL"), Is.EqualTo(new[] { "1000000" }));
    }

    [TestCase("-wal"), TestCase("-shm"), Property("Case", 92)]
    public async Task StartAsync_RemainsWithoutADatabase_BeginsAnew(string file)
    {
        File.WriteAllBytes(Database + file, [.. Enumerable.Repeat((byte)0x37, 40_000)]);

        using SqliteReportStore store = Start();

        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [TestCase("-wal"), TestCase("-shm"), Property("Case", 92)]
    public async Task StartAsync_StaleRemainsBesideTheDatabase_AreIgnored(string file)
    {
        using (SqliteReportStore first = Start())
        {
            await StoreAsync(first);
        }

        File.WriteAllBytes(Database + file, [.. Enumerable.Repeat((byte)0x37, 40_000)]);

        using SqliteReportStore store = Start();

        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.AlreadyReported>());
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_FilesRemoved_IsUnavailableOnceAndBeginsAnew()
    {
        using SqliteReportStore store = Start();
        await StoreAsync(store);
        Directory.GetFiles(_folder.Path, "usage.db*").ToList().ForEach(File.Delete);

        Assert.That(await StoreAsync(store, Id(1)), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(store, Id(1)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Id(1) }));
        Assert.That(() => Start(), Throws.TypeOf<UsageStoreException>(), "the lock is on the new file");
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_FolderRemoved_IsUnavailableUntilItIsBack()
    {
        string folder = Directory.CreateDirectory(_folder.Combine("data")).FullName;
        using SqliteReportStore store = Start(Path.Combine(folder, "usage.db"));
        await StoreAsync(store);
        Directory.Delete(folder, recursive: true);

        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Unavailable>());
        Directory.CreateDirectory(folder);
        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_ReplacedByABackup_IsUnavailableOnceAndGoesOnWithIt()
    {
        string backup = _folder.Combine("backup.db");
        using SqliteReportStore store = Start();
        await StoreAsync(store, Id(1));
        Run(Database, $"VACUUM INTO '{backup}'");
        await StoreAsync(store, Id(2));
        // The log of the old file stays beside the new one.
        File.Move(backup, Database, overwrite: true);

        Assert.That(await StoreAsync(store, Id(3)), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(store, Id(3)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(await StoreAsync(store, Id(1)), Is.InstanceOf<StoreOutcome.AlreadyReported>());
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Id(1), Id(3) }));
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_ReplacedByAnotherProgramsFile_IsUnavailableUntilThatIsGone()
    {
        using SqliteReportStore store = Start();
        string other = _folder.Combine("other.db");
        Run(other, "CREATE TABLE other (a)");
        File.Move(other, Database, overwrite: true);

        for (int i = 0; i < 3; i++)
        {
            Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Unavailable>());
        }

        Assert.That(Query("SELECT count(*) FROM other"), Is.EqualTo(new[] { "0" }));
        File.Delete(Database);
        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_MovedAway_LeavesAllThatWasAcceptedThere()
    {
        string moved = _folder.Combine("moved.db");
        using SqliteReportStore store = Start();
        await StoreAsync(store, Id(1));
        File.Move(Database, moved);

        Assert.That(await StoreAsync(store, Id(2)), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(store, Id(2)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT uuid FROM reports", moved), Does.Contain(Id(1)));
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Id(2) }));
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_LogRemoved_LosesNothingThatWasAccepted()
    {
        using SqliteReportStore store = Start();
        using SqliteConnection reader = Connect(Database);
        await StoreAsync(store, Id(1));
        Run(reader, "SELECT count(*) FROM reports");
        File.Delete($"{Database}-wal");

        Assert.That(await StoreAsync(store, Id(2)), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(store, Id(3)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT uuid FROM reports"), Is.SupersetOf(new[] { Id(1), Id(3) }));
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_Emptied_IsUnavailableOnceAndGoesOn()
    {
        using SqliteReportStore store = Start();
        await StoreAsync(store, Id(1));
        File.WriteAllBytes(Database, []);

        Assert.That(await StoreAsync(store, Id(2)), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(store, Id(3)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT uuid FROM reports"), Does.Contain(Id(3)));
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [TestCase(4_096), TestCase(20_000), Property("Case", 91)]
    public async Task StoreAsync_Truncated_IsUnavailableUntilItIsReplaced(int length)
    {
        string backup = _folder.Combine("backup.db");
        using SqliteReportStore store = Start();
        await StoreAsync(store, Id(1));
        Run(Database, $"VACUUM INTO '{backup}'");
        Run(Database, "PRAGMA wal_checkpoint(TRUNCATE)");
        Truncate(length);

        for (int i = 0; i < 3; i++)
        {
            Assert.That(await StoreAsync(store, Id(2)), Is.InstanceOf<StoreOutcome.Unavailable>());
        }

        File.Move(backup, Database, overwrite: true);
        File.Delete($"{Database}-wal");
        StoreOutcome outcome = StoreOutcome.Unavailable.Instance;
        for (int i = 0; i < 2 && outcome is StoreOutcome.Unavailable; i++)
        {
            outcome = await StoreAsync(store, Id(2));
        }

        Assert.That(outcome, Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Id(1), Id(2) }));
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_TruncatedBehindWhatIsWritten_IsUnavailableAlthoughTheLogMakesItLongAgain()
    {
        using SqliteReportStore store = Start();
        await StoreAsync(store, Id(1));
        Run(Database, """
            INSERT INTO report_values (product, report_id, field, key)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT 'printernizer', i, 'f', 'k' FROM n
            """);
        Run(Database, "PRAGMA wal_checkpoint(TRUNCATE)");
        await StoreAsync(store, Id(2));
        Truncate(new FileInfo(Database).Length / 2);

        for (int i = 3; i < 6; i++)
        {
            Assert.That(await StoreAsync(store, Id(i)), Is.InstanceOf<StoreOutcome.Unavailable>());
        }
    }

    [Test, Property("Case", 91)]
    public async Task StartAsync_TruncatedAfterAnOrderlyEnd_Refuses()
    {
        using (SqliteReportStore store = Start())
        {
            await StoreAsync(store);
        }

        Truncate(20_000);

        AssertRefusedAndLeft("is damaged: put a backup in its place.");
    }

    [Test, Property("Case", 91)]
    public async Task StartAsync_TruncatedBesideTheLogOfAKilledServer_Refuses()
    {
        using (SqliteReportStore store = Start())
        {
            await StoreAsync(store, Id(1));
            Run(Database, "PRAGMA wal_checkpoint(TRUNCATE)");
            await StoreAsync(store, Id(2));
            CopyAsAKilledServerLeavesIt();
        }

        PutTheCopyBack();
        Truncate(new FileInfo(Database).Length / 2);

        AssertRefusedAndLeft("is damaged: put a backup in its place.");
    }

    [Test, Property("Case", 91)]
    public async Task StartAsync_FileThatIsLongerInTheLogOfAKilledServer_LosesNothing()
    {
        using (SqliteReportStore store = Start())
        {
            Run(Database, "PRAGMA wal_checkpoint(TRUNCATE)");
            for (int i = 0; i < 40; i++)
            {
                await StoreAsync(store, Id(i));
            }

            CopyAsAKilledServerLeavesIt();
        }

        PutTheCopyBack();

        using SqliteReportStore next = Start();
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "40" }));
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_PagesOverwritten_SaysThatTheFileIsDamaged()
    {
        CapturedLog log = new();
        using SqliteReportStore store = Start(log: log);
        await StoreAsync(store, Id(1));
        Run(Database, "PRAGMA wal_checkpoint(TRUNCATE)");
        using (FileStream file = File.Open(Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4_096;
            file.Write(new byte[file.Length - 4_096]);
        }

        // Its pages are in memory until another program has written.
        Run(Database, $"PRAGMA user_version = {SqliteMigrations.Steps.Count}");
        for (int i = 0; i < 3; i++)
        {
            Assert.That(await StoreAsync(store, Id(2)), Is.InstanceOf<StoreOutcome.Unavailable>());
        }

        Assert.That(log.Lines[^1], Does.Contain($"{Database} is damaged: put a backup in its place."));
    }

    [Test, Property("Case", 100)]
    public async Task StoreAsync_LinkLeadsElsewhereAfterAnError_LocksWhatItWritesAndNothingElse()
    {
        string one = _folder.Combine("one.db");
        string two = _folder.Combine("two.db");
        string link = _folder.Combine("link.db");
        File.CreateSymbolicLink(link, one);
        using SqliteReportStore store = Start(link);
        using (SqliteConnection other = Connect(one))
        {
            Run(other, "BEGIN IMMEDIATE");
            Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Unavailable>());
            Assert.That(() => Start(one), Throws.TypeOf<UsageStoreException>(), "it was let go of without need");
        }

        File.Delete(link);
        File.CreateSymbolicLink(link, two);

        Assert.That(await StoreAsync(store), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT count(*) FROM reports", two), Is.EqualTo(new[] { "1" }));
        Assert.That(() => Start(two), Throws.TypeOf<UsageStoreException>());
        using SqliteReportStore another = Start(one);
    }

    [Test, Property("Case", 91)]
    public async Task StoreAsync_RemovedUnderAReader_IsUnavailableUntilThatEndsAndSaysSo()
    {
        CapturedLog log = new();
        using SqliteReportStore store = Start(log: log);
        using SqliteConnection reader = Connect(Database);
        Run(reader, "BEGIN");
        Run(reader, "SELECT count(*) FROM reports");
        await StoreAsync(store, Id(1));
        File.Delete(Database);

        for (int i = 0; i < 2; i++)
        {
            Assert.That(await StoreAsync(store, Id(2)), Is.InstanceOf<StoreOutcome.Unavailable>());
            Assert.That(log.Lines[^1], Does.Contain("Nothing can be stored until").And.Contain("a reader's transaction"));
        }

        Run(reader, "ROLLBACK");
        Assert.That(await StoreAsync(store, Id(3)), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(store, Id(3)), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    private static string Id(int number) => $"a1b2c3d4-e5f6-4890-abcd-{number:000000000000}";

    private void Truncate(long length)
    {
        using FileStream file = File.Open(Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
    }

    private void CopyAsAKilledServerLeavesIt()
    {
        File.Copy(Database, _folder.Combine("copy"));
        File.Copy($"{Database}-wal", _folder.Combine("copy-wal"));
    }

    private void PutTheCopyBack()
    {
        File.Move(_folder.Combine("copy"), Database, overwrite: true);
        File.Move(_folder.Combine("copy-wal"), $"{Database}-wal");
    }

    private SqliteReportStore Start(string? path = null, CapturedLog? log = null)
    {
        SqliteReportStore store = new(
            path ?? Database,
            _catalog,
            Unmeasured.Store,
            log is null ? NullLogger<SqliteReportStore>.Instance : log.For<SqliteReportStore>());
        store.StartAsync(CancellationToken.None);
        return store;
    }

    private Task<StoreOutcome> StoreAsync(SqliteReportStore store, string id = TestSchemas.Id) => store.StoreAsync(
        _reports.Incoming(
            _catalog.Default!, Now, TestSchemas.PaperlessReport.Replace(TestSchemas.Id, id, StringComparison.Ordinal)));

    private void AssertRefusedAndLeft(string mistake)
    {
        byte[] before = File.ReadAllBytes(Database);

        Assert.That(
            () => Start(), Throws.TypeOf<UsageStoreException>().With.Message.EqualTo($"{Database} {mistake}"));
        Assert.That(File.ReadAllBytes(Database), Is.EqualTo(before));
    }

    private List<string> Query(string sql, string? path = null)
    {
        using SqliteConnection reader = Connect(path ?? Database);
        using SqliteCommand command = Command(reader, sql);
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> values = [];
        while (rows.Read())
        {
            values.Add(rows.GetString(0));
        }

        return values;
    }

    private static void Run(string path, string sql)
    {
        using SqliteConnection connection = Connect(path);
        Run(connection, sql);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

#pragma warning disable CA2100 // The tests' own text.
    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
#pragma warning restore CA2100
}
