using UsageReporting.Server.Products;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

public sealed class SqliteOperatorStoreTests : OperatorStoreConformance
{
    private string Database => Folder.Combine("usage.db");

    private protected override Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog) => SqliteEngine.OpenAsync(Database, catalog);

    protected override void Execute(string sql) => SqliteEngine.Execute(Database, sql);

    protected override void DeleteByHand(string table, string condition) => Execute($"DELETE FROM {table} WHERE {condition}");

    protected override IReadOnlyList<string> Query(string sql) => SqliteEngine.Query(Database, sql);
}
