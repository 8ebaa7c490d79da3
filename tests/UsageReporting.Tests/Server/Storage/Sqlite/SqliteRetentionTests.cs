using UsageReporting.Server.Products;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

public sealed class SqliteRetentionTests : RetentionConformance
{
    private string Database => Folder.Combine("usage.db");

    protected override string FailToDelete =>
        "CREATE TRIGGER full BEFORE DELETE ON reports_paperless_ngx WHEN OLD.id > 510 BEGIN SELECT RAISE(ABORT, 'full'); END";

    protected override string DeleteAgain => "DROP TRIGGER full";

    private protected override Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog) => SqliteEngine.OpenAsync(Database, catalog);

    protected override void Execute(string sql) => SqliteEngine.Execute(Database, sql);

    protected override void DeleteByHand(string table, string condition) => Execute($"DELETE FROM {table} WHERE {condition}");

    protected override IReadOnlyList<string> Query(string sql) => SqliteEngine.Query(Database, sql);
}
