using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

public sealed class SqliteReportStoreTests : ReportStoreConformance
{
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private string Database => Folder.Combine("usage.db");

    [Test]
    public async Task StoreAsync_LockedByAnotherProcess_IsUnavailableAndRecovers()
    {
        using SqliteConnection other = Connect();
        Run(other, "BEGIN IMMEDIATE");

        StoreOutcome[] locked = await Task.WhenAll(StoreAsync(Now), StoreAsync(Now));
        Run(other, "ROLLBACK");

        Assert.That(locked, Is.All.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await StoreAsync(Now), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test]
    public async Task StoreAsync_QueueFull_IsUnavailableAtOnce()
    {
        using SqliteReportStore notStarted = New(Catalog);
        for (int i = 0; i < ServerLimits.WaitingWrites; i++)
        {
            _ = notStarted.CanStoreAsync();
        }

        Task<StoreOutcome> outcome = StoreAsync(
            notStarted, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");

        Assert.That(outcome.IsCompleted, Is.True);
        Assert.That(await outcome, Is.InstanceOf<StoreOutcome.Unavailable>());
    }

    [Test]
    public async Task StopAsync_ReportsWaiting_WritesThemFirst()
    {
        SqliteReportStore store = New(Catalog);
        Task<StoreOutcome> waiting = StoreAsync(store, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");
        await store.StartAsync(CancellationToken.None);

        await store.StopAsync(new CancellationToken(canceled: true));

        Assert.That(await waiting, Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test]
    public async Task StartAsync_FieldsCameAndWent_KeepsAllColumns()
    {
        await StoreAsync(Now, $"{{\"uuid\":\"{TestSchemas.Id}\",\"flag\":true,\"word\":\"one\"}}", "all-kinds");
        ReportSchema later = ReportSchema.Create(
            new SchemaHeader { Product = "all-kinds", Identity = new ReportIdentity { Name = "install.id" } },
            [UsageField.Flag("flag", "Flag", "A flag."), UsageField.Flag("brand.new", "New", "A new flag.")]);
        ProductCatalog catalog = TestCatalog.Of(Folder, later);
        using SqliteReportStore store = New(catalog);
        await store.StartAsync(CancellationToken.None);

        StoreOutcome outcome = await StoreAsync(
            store, catalog, Now, "{\"install\":{\"id\":\"b1b2c3d4-e5f6-4890-abcd-ef1234567890\"},\"brand\":{\"new\":true}}", "all-kinds");

        Assert.That(outcome, Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(
            Query("SELECT COALESCE(word, '-') || COALESCE(brand_new, '-') FROM reports ORDER BY id"),
            Is.EqualTo(new[] { "one-", "-1" }));
    }

    [Test]
    public async Task StartAsync_OtherDefaultProduct_MovesTheView()
    {
        await StoreAsync(Now);
        await StoreAsync(Now, $"{{\"uuid\":\"{TestSchemas.Id}\",\"flag\":true,\"word\":\"one\"}}", "all-kinds");

        using SqliteReportStore store = New(TestCatalog.Of(Folder, TestSchemas.AllKinds));
        await store.StartAsync(CancellationToken.None);

        Assert.That(Query("SELECT word FROM reports"), Is.EqualTo(new[] { "one" }));
    }

    [TestCase("PRAGMA user_version = 1000", "was written by a later version of this server."), Property("Case", 93)]
    [TestCase("PRAGMA application_id = 7", "is a database of another program.")]
    public void StartAsync_DatabaseOfAnother_RefusesAndLeavesIt(string change, string mistake)
    {
        using (SqliteConnection other = Connect())
        {
            Run(other, change);
        }

        byte[] before = File.ReadAllBytes(Database);
        using SqliteReportStore store = New(Catalog);

        Assert.That(
            () => store.StartAsync(CancellationToken.None),
            Throws.TypeOf<UsageStoreException>().With.Message.EqualTo($"{Database} {mistake}"));
        Assert.That(File.ReadAllBytes(Database), Is.EqualTo(before));
    }

    [Test, Property("Case", 93)]
    public void StartAsync_NotADatabase_Refuses()
    {
        string file = Folder.Combine("other.db");
        File.WriteAllText(file, new string('x', 5_000));
        using SqliteReportStore store = new(file, Catalog, NullLogger<SqliteReportStore>.Instance);

        Assert.That(
            () => store.StartAsync(CancellationToken.None),
            Throws.TypeOf<UsageStoreException>().With.Message.Contains("file is not a database"));
    }

    [Test]
    public void StartAsync_NewFile_IsMarkedAndDurable() =>
        Assert.Multiple(() =>
        {
            Assert.That(Query("PRAGMA application_id"), Is.EqualTo(new[] { $"{SqliteMigrations.ApplicationId}" }));
            Assert.That(Query("PRAGMA user_version"), Is.EqualTo(new[] { $"{SqliteMigrations.Steps.Count}" }));
            Assert.That(Query("PRAGMA journal_mode"), Is.EqualTo(new[] { "wal" }));
        });

    private protected override async Task<IReportStore> OpenStoreAsync(ProductCatalog catalog)
    {
        SqliteReportStore store = New(catalog);
        await store.StartAsync(CancellationToken.None);
        return store;
    }

    private protected override Task CloseStoreAsync(IReportStore store) =>
        ((SqliteReportStore)store).StopAsync(CancellationToken.None);

    protected override IReadOnlyList<string> Query(string sql)
    {
        using SqliteConnection reader = Connect();
        using SqliteCommand command = reader.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> values = [];
        while (rows.Read())
        {
            values.Add(rows.IsDBNull(0) ? "" : rows.GetString(0));
        }

        return values;
    }

    private SqliteReportStore New(ProductCatalog catalog) =>
        new(Database, catalog, NullLogger<SqliteReportStore>.Instance);

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={Database};Pooling=False");
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
