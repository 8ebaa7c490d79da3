using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlReportStoreTests : ReportStoreConformance
{
    private string? _connectionString;
    private PostgreSqlEngine _engine = null!;

    private string ConnectionString => _connectionString ??= PostgreSqlCluster.Shared.CreateDatabase();

    [TearDown]
    public void Forget() => _connectionString = null;

    private protected override async Task<IReportStore> OpenStoreAsync(ProductCatalog catalog)
    {
        _engine = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, catalog);
        return _engine.Reports;
    }

    private protected override Task CloseStoreAsync(IReportStore store) => _engine.DisposeAsync().AsTask();

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(ConnectionString, sql);
}
