using UsageReporting.Server.Products;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlOperatorStoreTests : OperatorStoreConformance
{
    private string _connectionString = "";

    private protected override Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog)
    {
        _connectionString = PostgreSqlCluster.Shared.CreateDatabase();
        return PostgreSqlEngine.OpenStoresAsync(_connectionString, Folder.Path, catalog);
    }

    protected override void Execute(string sql) => PostgreSqlCluster.Execute(_connectionString, sql);

    protected override void DeleteByHand(string table, string condition) =>
        PostgreSqlEngine.DeleteByHand(_connectionString, table, condition);

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(_connectionString, sql);
}
