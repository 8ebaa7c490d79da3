using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads with connections of its own, and writes through the thread that stores the reports.</summary>
internal sealed class SqliteOperatorStore(string path, SqliteReportStore writer) : IOperatorStore
{
    public Task<long> MeasureAsync() => Task.FromResult(LengthOf(path) + LengthOf($"{path}-wal"));

    public Task<bool> AddAsync(Product product, Quarantine quarantine) => WriteAsync(OperatorSql.Add(product, quarantine));

    public Task<bool> LiftAsync(Product product, Quarantine quarantine) => WriteAsync(OperatorSql.Lift(product, quarantine));

    public async Task<IReadOnlySet<string>> GetHiddenAsync(Product product)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            return await OperatorSql.ReadHiddenAsync(connection, product);
        }
        catch (SqliteException e)
        {
            throw new UsageStoreException($"{path} cannot be read: {e.Message}", e);
        }
    }

    public Task<bool> HideAsync(Product product, string field, bool isHidden) => WriteAsync(OperatorSql.Hide(product, field, isHidden));

    private async Task<bool> WriteAsync(IReadOnlyList<SqlStatement> statements) =>
        await writer.Enqueue(new PendingStatements(statements)) is StoreOutcome.Accepted;

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true, Length: var length } ? length : 0;
}
