using Microsoft.Data.Sqlite;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Counts installs in the file of the reports, by its one writer, and reads them beside it.</summary>
internal sealed class SqlitePackageStore(SqliteReportStore writer, string path) : IPackageStore
{
    public Task<int?> CountAsync(IncomingInstalls installs) => writer.Enqueue(new PendingInstalls(installs));

    public Task<PackageRollupStep?> RollUpAsync(DateTimeOffset now) => writer.Enqueue(new PendingPackageRollup(now));

    public Task<PackageDetails> FindAsync(string package) =>
        Task.FromResult(Read(connection => PackageQueries.Find(connection, package)));

    public Task<PackageList> ListAsync(PackageOrder order, int skip, int take) =>
        Task.FromResult(Read(connection => PackageQueries.List(connection, order, skip, take)));

    private T Read<T>(Func<SqliteConnection, T> query)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            // All that one answer says is of one moment.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return query(connection);
        }
        catch (SqliteException e)
        {
            throw new UsageStoreException("The database cannot be read just now.", e);
        }
    }
}
