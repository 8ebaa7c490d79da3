using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using SQLitePCL;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

public sealed class SqliteRollupStoreTests : RollupStoreConformance
{
    private string Database => Folder.Combine("usage.db");

    // The value is unlike anything else in the files, and is in none of them afterwards; its sender is nobody that is known.
    [Test, Property("Case", 42)]
    public async Task EraseDeletedAsync_ReportDeleted_IsInNoFile()
    {
        const string Mark = "bd86dca57";
        string path = Folder.Combine("physical.db");
        ProductCatalog catalog = TestCatalog.Of(Folder, SeedSchemas.PaperlessNgx);
        using SqliteReportStore reports = new(path, catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await reports.StartAsync(CancellationToken.None);
        SqliteRollupStore store = new(path, reports);
        using TestReports incoming = new();
        DateTimeOffset now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < 700; i++)
        {
            await reports.StoreAsync(incoming.Incoming(catalog.Default!, now, TestSchemas.PaperlessReport.Replace(
                TestSchemas.Id, $"a1b2c3d4-e5f6-4890-abcd-{i:000000000000}", StringComparison.Ordinal)));
        }

        Assert.That(Found(path, Mark), Is.True);
        ManualTimeProvider time = new(now.AddMonths(3));
        using RollupService service = new(catalog, store, store, time, Unmeasured.Rollups(time), new RollupRuns(), NullLogger<RollupService>.Instance);
        await service.RunAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromHours(1));
        await service.RunAsync(CancellationToken.None);
        await reports.CanStoreAsync();

        Assert.That(Found(path, TestSchemas.Id[..20]), Is.False);
        // The commit is among the numbers that stay, as many have it; what one has is not.
        Assert.That(Found(path, "2026-05-18T12:00:00Z"), Is.False);
        Assert.That(
            await reports.StoreAsync(incoming.Incoming(catalog.Products[0], time.GetUtcNow(), TestSchemas.PaperlessReport.Replace(
                TestSchemas.Id, "a1b2c3d4-e5f6-4890-abcd-000000000000", StringComparison.Ordinal))),
            Is.InstanceOf<StoreOutcome.Accepted>().With.Property(nameof(StoreOutcome.Accepted.IsNew)).True);
    }

    // Every instruction of SQLite's machine, of which a row takes some: the same for twenty times as many reports.
    [Test]
    public async Task Read_TwentyTimesAsManyReports_TakesAsManySteps()
    {
        int of1000 = await StepsOfAsync(1_000);
        int of20000 = await StepsOfAsync(20_000);

        Assert.That(of1000, Is.GreaterThan(100));
        Assert.That(of20000, Is.EqualTo(of1000));
    }

    private async Task<int> StepsOfAsync(int reports)
    {
        string path = Folder.Combine($"{reports}.db");
        ProductCatalog catalog = TestCatalog.Of(Folder, SeedSchemas.PaperlessNgx);
        using SqliteReportStore store = new(path, catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await store.StartAsync(CancellationToken.None);
        using TestReports incoming = new();
        DateTimeOffset now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);
        foreach (int[] some in Enumerable.Range(0, reports).Chunk(500))
        {
            await Task.WhenAll(some.Select(i => store.StoreAsync(incoming.Incoming(catalog.Default!, now, TestSchemas.PaperlessReport
                .Replace(TestSchemas.Id, $"a1b2c3d4-e5f6-4890-abcd-{i:000000000000}", StringComparison.Ordinal)
                .Replace("beta", i % 2 == 0 ? "beta" : "stable", StringComparison.Ordinal)))));
        }

        SqliteRollupStore rollups = new(path, store);
        ManualTimeProvider time = new(now.AddDays(14));
        using RollupService service = new(catalog, rollups, rollups, time, Unmeasured.Rollups(time), new RollupRuns(), NullLogger<RollupService>.Instance);
        await service.RunAsync(CancellationToken.None);
        using SqliteConnection connection = SqliteReader.Open(path);
        int steps = 0;
        raw.sqlite3_progress_handler(connection.Handle!, 1, _ => { steps++; return 0; }, null);
        UsageWindow week = UsageWindow.Of(WindowKind.Week, now);
        IReadOnlyList<KeptRollup> kept = await RollupReader.ReadAsync(connection, catalog.Default!, week.Previous, week.Next, name: null);
        Assert.That(kept[0].Rollup.Installs, Is.EqualTo(reports));
        return steps;
    }

    private static bool Found(string database, string text) =>
        new[] { database, $"{database}-wal" }.Any(file =>
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
        });

    private protected override Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog) => SqliteEngine.OpenAsync(Database, catalog);

    protected override void Execute(string sql) => SqliteEngine.Execute(Database, sql);

    protected override void DeleteByHand(string table, string condition) => Execute($"DELETE FROM {table} WHERE {condition}");

    protected override IReadOnlyList<string> Query(string sql) => SqliteEngine.Query(Database, sql);
}
