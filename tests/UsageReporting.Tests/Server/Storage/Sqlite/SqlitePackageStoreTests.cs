using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using SQLitePCL;
using UsageReporting.Server;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

public sealed class SqlitePackageStoreTests : PackageStoreConformance
{
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private SqliteReportStore _writer = null!;
    private string _database = "";

    [TearDown]
    public void DisposeWriter() => _writer.Dispose();

    [Test]
    public async Task CountAsync_LockedByAnotherProcess_IsNotCountedAndRecovers()
    {
        SqlitePackageStore store = new(_writer, _database);
        using SqliteConnection other = Connect();
        Run(other, "BEGIN IMMEDIATE");

        int? locked = await store.CountAsync(Install(1));
        Run(other, "ROLLBACK");

        Assert.That(locked, Is.Null);
        Assert.That(await store.CountAsync(Install(1)), Is.EqualTo(1));
    }

    [Test]
    public void FindAsync_NoDatabase_SaysThatItCannotBeRead()
    {
        SqlitePackageStore store = new(_writer, Folder.Combine("nowhere.db"));

        Assert.That(() => store.FindAsync("a/b"), Throws.TypeOf<UsageStoreException>());
    }

    [TestCase(1), TestCase(2)]
    public async Task StartAsync_OldVersion_CountsInstallsFromThenOn(int version)
    {
        string database = Folder.Combine("old.db");
        OldVersion.Make(database, version);

        SqlitePackageStore store = (SqlitePackageStore)await ReopenAsync(database);

        Assert.That(await store.CountAsync(Install(1)), Is.EqualTo(1));
        await store.RollUpAsync(Now);
        Assert.That((await store.FindAsync("a/b")).Installs.Total, Is.EqualTo(1));
    }

    // Strangers can add packages where a pattern counts, and anybody can ask for the list: a page of it costs the same all the same.
    [TestCase("Installs"), TestCase("Name")]
    public async Task List_TenTimesAsManyPackages_TakesAsManySteps(string order)
    {
        using SqliteConnection connection = Connect();
        async Task<int> StepsOfAsync(int packages)
        {
            Run(connection, $"""
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {packages})
                INSERT OR IGNORE INTO package_counters SELECT 'wp-plugin/' || i, i % 17, 1, 0, 0, NULL FROM n
                """);
            int steps = 0;
            raw.sqlite3_progress_handler(connection.Handle!, 1, _ => { steps++; return 0; }, null);
            await PackageQueries.ListAsync(connection, Enum.Parse<PackageOrder>(order), skip: 0, take: 100, SqlitePackageStore.Currency);
            raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
            return steps;
        }

        int of300 = await StepsOfAsync(300);
        Assert.That(await StepsOfAsync(3_000), Is.EqualTo(of300));
    }

    private protected override Task<IPackageStore> OpenStoreAsync(string database) => OpenAsync(Folder.Combine(database));

    private protected override Task CloseStoreAsync() => _writer.StopAsync(CancellationToken.None);

    private protected override long CountInstalls()
    {
        using SqliteConnection reader = Connect();
        using SqliteCommand command = reader.CreateCommand();
        command.CommandText = "SELECT count(*) FROM package_installs";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private async Task<IPackageStore> ReopenAsync(string database)
    {
        await CloseStoreAsync();
        return await OpenAsync(database);
    }

    private async Task<IPackageStore> OpenAsync(string database)
    {
        _database = database;
        _writer = new SqliteReportStore(database, TestCatalog.Of(Folder), Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await _writer.StartAsync(CancellationToken.None);
        return new SqlitePackageStore(_writer, database);
    }

    private static IncomingInstalls Install(int hash) =>
        new(Now, Now.ToUnixTimeSeconds(), IsAutomatic: false, [new PackageInstall("a/b", "1.0.0.0", (UInt128)hash)]);

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={_database};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
