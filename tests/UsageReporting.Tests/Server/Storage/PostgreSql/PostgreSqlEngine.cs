using Microsoft.Extensions.Logging.Abstractions;
using UsageReporting.Server.PostgreSql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

/// <summary>The stores of one server on a database of PostgreSQL.</summary>
internal sealed class PostgreSqlEngine : IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database;

    /// <param name="connectionString">The database.</param>
    /// <param name="folder">The server's, for marks.</param>
    /// <param name="catalog">The products.</param>
    /// <param name="portion">How many ids are read at a time where everybody is looked at.</param>
    public PostgreSqlEngine(string connectionString, string folder, ProductCatalog catalog, int portion = 7)
    {
        _database = new PostgreSqlDatabase(connectionString);
        PostgreSqlErasures erasures = new(new Tombstones(Path.Combine(folder, "usage")), catalog, portion);
        Reports = new PostgreSqlReportStore(_database, erasures, catalog, Unmeasured.Store, NullLogger<PostgreSqlReportStore>.Instance);
        Rollups = new PostgreSqlRollupStore(_database, erasures, NullLogger<PostgreSqlRollupStore>.Instance);
        Operators = new PostgreSqlOperatorStore(_database, NullLogger<PostgreSqlOperatorStore>.Instance);
        Installations = new PostgreSqlInstallationStore(_database, erasures, NullLogger<PostgreSqlInstallationStore>.Instance);
        Packages = new PostgreSqlPackageStore(Reports, _database, NullLogger<PostgreSqlPackageStore>.Instance);
    }

    public PostgreSqlReportStore Reports { get; }

    public PostgreSqlRollupStore Rollups { get; }

    public PostgreSqlOperatorStore Operators { get; }

    public PostgreSqlInstallationStore Installations { get; }

    public PostgreSqlPackageStore Packages { get; }

    public static async Task<PostgreSqlEngine> OpenAsync(string connectionString, string folder, ProductCatalog catalog, int portion = 7)
    {
        PostgreSqlEngine engine = new(connectionString, folder, catalog, portion);
        try
        {
            await engine.Reports.StartAsync(CancellationToken.None);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public static async Task<OpenedStores> OpenStoresAsync(string connectionString, string folder, ProductCatalog catalog)
    {
        PostgreSqlEngine engine = await OpenAsync(connectionString, folder, catalog);
        return new OpenedStores(engine.Reports, engine.Rollups, engine.Rollups, engine.Operators, () => engine.DisposeAsync().AsTask());
    }

    /// <summary>As docs/run-the-server.md tells who deletes by hand; its product is the table's.</summary>
    public static void DeleteByHand(string connectionString, string table, string condition)
    {
        string product = table["reports_".Length..].Replace('_', '-');
        bool hasPeriods = PostgreSqlCluster.Query(
            connectionString, $"SELECT 1 FROM information_schema.columns WHERE table_name = '{table}' AND column_name = 'period'").Count > 0;
        string period = hasPeriods ? "UNION ALL SELECT period FROM gone" : "";
        PostgreSqlCluster.Execute(connectionString, $"""
            WITH gone AS (DELETE FROM {table} WHERE {condition} RETURNING *),
            entries AS (DELETE FROM report_values WHERE product = '{product}' AND report_id IN (SELECT id FROM gone)),
            spans AS (SELECT substr(received, 1, 10) AS span FROM gone {period})
            UPDATE report_spans SET went = went + changed.reports
            FROM (SELECT span, count(*) AS reports FROM spans GROUP BY span) AS changed
            WHERE report_spans.product = '{product}' AND report_spans.span = changed.span
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Reports.StopAsync(CancellationToken.None);
        await _database.DisposeAsync();
    }
}
