using Microsoft.Data.Sqlite;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Counts installs in the file of the reports, by its one writer, and reads them with connections that cannot write and
/// are opened for each question: nothing is held open of a file that is replaced.
/// </summary>
internal sealed class SqlitePackageStore(SqliteReportStore writer, string path) : IPackageStore
{
    private readonly string _readOnly = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
        DefaultTimeout = ServerLimits.BusyMilliseconds / 1_000,
    }.ToString();

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
            using SqliteConnection connection = new(_readOnly);
            connection.Open();
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
