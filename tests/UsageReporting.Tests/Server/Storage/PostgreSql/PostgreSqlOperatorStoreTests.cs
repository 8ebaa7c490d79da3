using Npgsql;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlOperatorStoreTests : OperatorStoreConformance
{
    private string _connectionString = "";

    // The later day lies first in the table: in its order somebody would have that one and wait for the other.
    [Test]
    public async Task AddAsync_WhileReportsAreStored_WaitsForTheFirstDayAndHasNone()
    {
        foreach (string day in new[] { "2026-05-20", "2026-05-19" })
        {
            Execute($"INSERT INTO report_spans (product, span, first_id, last_id, came) VALUES ('paperless-ngx', '{day}', 1, 0, 0)");
        }

        await using NpgsqlConnection reports = new(_connectionString);
        await reports.OpenAsync();
        await using NpgsqlTransaction transaction = await reports.BeginTransactionAsync();
        await LockAsync(reports, "2026-05-19");
        Task<bool> adding = Stores.Operators.AddAsync(
            Catalog.Find("paperless-ngx")!, new Quarantine("a", Monday, Monday.AddDays(3), "", "", Monday.AddDays(7)));
        Assert.That(
            () => Query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Single(),
            Is.EqualTo("1").After(20_000, 20));

        await LockAsync(reports, "2026-05-20");
        await transaction.CommitAsync();

        Assert.That(await adding, Is.True);
    }

    private protected override Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog)
    {
        _connectionString = PostgreSqlCluster.Shared.CreateDatabase();
        return PostgreSqlEngine.OpenStoresAsync(_connectionString, Folder.Path, catalog);
    }

    protected override void Execute(string sql) => PostgreSqlCluster.Execute(_connectionString, sql);

    protected override void DeleteByHand(string table, string condition) =>
        PostgreSqlEngine.DeleteByHand(_connectionString, table, condition);

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(_connectionString, sql);

    private static async Task LockAsync(NpgsqlConnection connection, string day)
    {
        await using NpgsqlCommand command = new(
            "SELECT span FROM report_spans WHERE product = 'paperless-ngx' AND span = $1 FOR UPDATE NOWAIT", connection);
        command.Parameters.AddWithValue(day);
        await command.ExecuteNonQueryAsync();
    }
}
