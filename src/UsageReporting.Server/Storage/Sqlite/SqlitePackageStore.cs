using Microsoft.Data.Sqlite;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Counts installs in the file of the reports, by its one writer, and reads them beside it.</summary>
internal sealed class SqlitePackageStore(SqliteReportStore writer, string path) : IPackageStore
{
    public const string Currency =
        "SELECT as_of, coalesce((SELECT max(id) FROM package_installs), 0) - counted_to FROM package_rollup";

    public Task<int?> CountAsync(IncomingInstalls installs) => writer.Enqueue(new PendingInstalls(installs));

    public Task<PackageRollupStep?> RollUpAsync(DateTimeOffset now) => writer.Enqueue(new PendingPackageRollup(now));

    public Task<PackageDetails> FindAsync(string package) =>
        ReadAsync(connection => PackageQueries.FindAsync(connection, package, Currency));

    public Task<PackageList> ListAsync(PackageOrder order, int skip, int take) =>
        ReadAsync(connection => PackageQueries.ListAsync(connection, order, skip, take, Currency));

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> query)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            // All that one answer says is of one moment.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return await query(connection);
        }
        catch (SqliteException e)
        {
            throw new UsageStoreException("The database cannot be read just now.", e);
        }
    }
}
