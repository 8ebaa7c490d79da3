using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads with connections of its own, and erases through the thread that stores the reports.</summary>
internal sealed class SqliteInstallationStore(string path, SqliteReportStore writer) : IInstallationStore
{
    public Task<string?> FindErasureKeyAsync(Product product, string id) =>
        ReadAsync(connection => InstallationReader.FindErasureKey(connection, product, id));

    public Task<StoredInstallation?> ReadAsync(Product product, string id) =>
        ReadAsync(connection => InstallationReader.Read(connection, product, id));

    public async Task<ErasureOutcome> EraseAsync(Product product, string id)
    {
        ErasureOutcome outcome = await writer.Enqueue(new PendingInstallationErasure(product, id));
        if (outcome is ErasureOutcome.Erased)
        {
            await writer.EraseDeletedAsync();
        }

        return outcome;
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return Task.FromResult(read(connection));
        }
        catch (SqliteException e)
        {
            return Task.FromException<T>(new UsageStoreException($"{path} cannot be read: {e.Message}", e));
        }
    }
}
