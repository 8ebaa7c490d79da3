using Microsoft.Extensions.Logging;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Does what an operator wants, each in a transaction of its own.</summary>
internal sealed class PostgreSqlOperatorStore(PostgreSqlDatabase database, ILogger<PostgreSqlOperatorStore> logger) : IOperatorStore
{
    public Task<long> MeasureAsync() => database.ReadAsync(async connection =>
        (long)(await SqlCommands.ScalarAsync(connection, "SELECT pg_database_size(current_database())"))!);

    public Task<bool> AddAsync(Product product, Quarantine quarantine) =>
        WriteAsync([LockSpans(product), .. OperatorSql.Add(product, quarantine)]);

    public Task<bool> LiftAsync(Product product, Quarantine quarantine) =>
        WriteAsync([LockSpans(product), .. OperatorSql.Lift(product, quarantine)]);

    public Task<IReadOnlySet<string>> GetHiddenAsync(Product product) =>
        database.ReadAsync(connection => OperatorSql.ReadHiddenAsync(connection, product));

    public Task<bool> HideAsync(Product product, string field, bool isHidden) => WriteAsync(OperatorSql.Hide(product, field, isHidden));

    // In the order in which a transaction of reports locks them, so that neither waits for what the other one has.
    private static SqlStatement LockSpans(Product product) =>
        new("SELECT span FROM report_spans WHERE product = $1 ORDER BY span FOR UPDATE", product.Name);

    private Task<bool> WriteAsync(IReadOnlyList<SqlStatement> statements) => database.WriteAsync(
        async connection =>
        {
            foreach (SqlStatement statement in statements)
            {
                await SqlCommands.RunAsync(connection, statement.Text, statement.Values);
            }

            return true;
        },
        refused: false,
        e => Log.NotWritten(logger, e));
}
