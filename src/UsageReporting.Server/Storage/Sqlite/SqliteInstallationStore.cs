using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads with connections of its own, and erases through the thread that stores the reports.</summary>
internal sealed class SqliteInstallationStore(string path, SqliteReportStore writer) : IInstallationStore
{
    public Task<string?> FindErasureKeyAsync(Product product, string id) =>
        ReadAsync(connection => InstallationReader.FindErasureKeyAsync(connection, product, id));

    public Task<StoredInstallation?> ReadAsync(Product product, string id) =>
        ReadAsync(connection => InstallationReader.ReadAsync(
            connection, product, id, table => new ReportIndexSql(table).IsOf("@1")));

    public async Task<ErasureOutcome> EraseAsync(Product product, string id)
    {
        ErasureOutcome outcome = await writer.Enqueue(new PendingInstallationErasure(product, id));
        if (outcome is ErasureOutcome.Erased)
        {
            await writer.EraseDeletedAsync();
        }

        return outcome;
    }

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return await read(connection);
        }
        catch (SqliteException e)
        {
            throw new UsageStoreException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
