using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
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
        using SqliteReportStore reports = new(path, catalog, NullLogger<SqliteReportStore>.Instance);
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
        using RollupService service = new(catalog, store, store, time, NullLogger<RollupService>.Instance);
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

    private static bool Found(string database, string text) =>
        new[] { database, $"{database}-wal" }.Any(file =>
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
        });

    private protected override async Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog)
    {
        SqliteReportStore reports = new(Database, catalog, NullLogger<SqliteReportStore>.Instance);
        await reports.StartAsync(CancellationToken.None);
        SqliteRollupStore store = new(Database, reports);
        return new OpenedStores(reports, store, store, () => reports.StopAsync(CancellationToken.None));
    }

    protected override void Execute(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    protected override IReadOnlyList<string> Query(string sql)
    {
        using SqliteConnection connection = Connect();
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
