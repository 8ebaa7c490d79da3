using System.Diagnostics;
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
    public async Task StoreAsync_QueueFullBehindALock_IsUnavailableAtOnceAndTheOthersAreAnswered()
    {
        using SqliteConnection other = Connect();
        Run(other, "BEGIN IMMEDIATE");
        // One waits for the lock, or a batch of them; the rest of the queue waits behind. On a machine that stands still
        // for a second a batch may give up meanwhile, and there is room for another.
        List<Task<StoreOutcome>> taken = [];
        Stopwatch since = new();
        Task<StoreOutcome> outcome;
        do
        {
            since.Restart();
            outcome = StoreAsync(Now, TestSchemas.PaperlessReport);
            taken.Add(outcome);
        }
        while (!outcome.IsCompleted && taken.Count <= 10 * (ServerLimits.WaitingWrites + ServerLimits.BatchSize));
        TimeSpan refusedWithin = since.Elapsed;
        Run(other, "ROLLBACK");

        Assert.That(outcome.IsCompleted, Is.True);
        Assert.That(refusedWithin, Is.LessThan(TimeSpan.FromMilliseconds(ServerLimits.BusyMilliseconds)));
        Assert.That(await outcome, Is.InstanceOf<StoreOutcome.Unavailable>());
        StoreOutcome[] outcomes = await Task.WhenAll(taken);
        Assert.That(outcomes.OfType<StoreOutcome.Accepted>().Count(), Is.LessThanOrEqualTo(1));
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { $"{outcomes.OfType<StoreOutcome.Accepted>().Count()}" }));
        TestContext.Out.WriteLine($"Refused within {refusedWithin.TotalMilliseconds:0.00} ms.");
    }

    [Test]
    public async Task StopAsync_ReportsWaiting_WritesThemFirst()
    {
        using SqliteReportStore store = new(Folder.Combine("other.db"), Catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        Task<StoreOutcome> waiting = StoreAsync(store, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");
        await store.StartAsync(CancellationToken.None);

        await store.StopAsync(new CancellationToken(canceled: true));

        Assert.That(await waiting, Is.InstanceOf<StoreOutcome.Accepted>());
    }

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
        new(Database, catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);

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
