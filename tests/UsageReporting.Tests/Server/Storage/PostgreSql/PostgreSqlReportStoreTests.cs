using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlReportStoreTests : ReportStoreConformance
{
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private string? _connectionString;
    private PostgreSqlEngine _engine = null!;

    private string ConnectionString => _connectionString ??= PostgreSqlCluster.Shared.CreateDatabase();

    [TearDown]
    public void Forget() => _connectionString = null;

    [Test]
    public async Task StoreAsync_QueueFull_IsUnavailableAtOnce()
    {
        await using PostgreSqlEngine notStarted = new(ConnectionString, Folder.Path, Catalog);
        for (int i = 0; i < ServerLimits.WaitingWrites; i++)
        {
            _ = notStarted.Reports.CanStoreAsync();
        }

        Task<StoreOutcome> outcome = StoreAsync(notStarted.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");

        Assert.That(outcome.IsCompleted, Is.True);
        Assert.That(await outcome, Is.InstanceOf<StoreOutcome.Unavailable>());
    }

    [Test]
    public async Task StopAsync_ReportsWaiting_WritesThemFirst()
    {
        await using PostgreSqlEngine other = new(ConnectionString, Folder.Path, Catalog);
        Task<StoreOutcome> waiting = StoreAsync(other.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");
        await other.Reports.StartAsync(CancellationToken.None);

        await other.Reports.StopAsync(new CancellationToken(canceled: true));

        Assert.That(await waiting, Is.InstanceOf<StoreOutcome.Accepted>());
    }

    private protected override async Task<IReportStore> OpenStoreAsync(ProductCatalog catalog)
    {
        _engine = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, catalog);
        return _engine.Reports;
    }

    private protected override Task CloseStoreAsync(IReportStore store) => _engine.DisposeAsync().AsTask();

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(ConnectionString, sql);
}
