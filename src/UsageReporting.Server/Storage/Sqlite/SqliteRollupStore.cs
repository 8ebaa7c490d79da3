using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads with connections of its own, and writes through the thread that stores the reports.</summary>
internal sealed class SqliteRollupStore(string path, SqliteReportStore writer) : IRollupStore, IRetentionStore
{
    // No other server has the file.
    public Task<bool> TryTakeTurnAsync() => Task.FromResult(true);

    public Task<IReadOnlyList<ReportSpan>> GetSpansAsync(Product product) =>
        ReadAsync(connection => RollupReader.ReadSpansAsync(connection, product));

    public Task<IReadOnlyList<RollupState>> GetStatesAsync(Product product) =>
        ReadAsync(connection => RollupReader.ReadStatesAsync(connection, product));

    public Task<IReadOnlyDictionary<string, DateTimeOffset?>> GetPublicSinceAsync(Product product) =>
        ReadAsync(connection => RollupReader.ReadPublicSinceAsync(connection, product));

    public Task<IReadOnlyList<Quarantine>> GetQuarantinesAsync(Product product) =>
        ReadAsync(connection => OperatorSql.ReadQuarantinesAsync(connection, product));

    public Task<bool> NotePublicAsync(Product product, IReadOnlyDictionary<string, DateTimeOffset?> since) =>
        WriteAsync(new PendingPublicFields(product, since));

    public Task<bool?> NoteToldAsync(Product product, string what) => writer.Enqueue(new PendingTold(product, what));

    public async Task ReadReportsAsync(
        Product product, long first, long last, Action<StoredReport> take, CancellationToken cancellationToken)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            using StoredReportReader reader = new(connection, product);
            await ReportPortions.ReadAsync(to => Task.FromResult(reader.ReadSome(first, to, take)), last, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw NotReadable(e);
        }
    }

    public Task<bool> WriteAsync(Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now) =>
        WriteAsync(new PendingRollup(product, rollup, changes, now));

    public Task<IReadOnlyList<KeptRollup>> ReadAsync(Product product, UsageWindow from, UsageWindow to, string? name) =>
        ReadAsync(connection => RollupReader.ReadAsync(connection, product, from, to, name));

    public async Task<bool> DeleteReportsAsync(Product product, DateOnly before, CancellationToken cancellationToken)
    {
        foreach (ReportSpan span in Retention.Over(await GetSpansAsync(product), before))
        {
            PendingDeletion deletion;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                deletion = new PendingDeletion(product, span);
                if (!await WriteAsync(deletion))
                {
                    return false;
                }
            }
            while (!deletion.IsLast);
        }

        return true;
    }

    public async Task<bool> ForgetInstallationsAsync(Product product, DateTimeOffset before, CancellationToken cancellationToken)
    {
        string after = "";
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<string> ids = await ReadAsync(connection => RollupReader.ReadSilentAsync(connection, product, after, before));
            if (ids.Count == 0)
            {
                return true;
            }

            if (!await WriteAsync(new PendingForgetting(product, ids, before)))
            {
                return false;
            }

            after = ids[^1];
        }
    }

    public bool IsErasureDue => writer.IsErasureDue;

    public Task<bool> EraseDeletedAsync() => writer.EraseDeletedAsync();

    private async Task<bool> WriteAsync(AnsweredWrite<SqliteSession, StoreOutcome> write) => await writer.Enqueue(write) is StoreOutcome.Accepted;

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            // All that is read is of one moment: halves of two versions of a window tell what either hides.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return await read(connection);
        }
        catch (SqliteException e)
        {
            throw NotReadable(e);
        }
    }

    private UsageStoreException NotReadable(SqliteException e) => new($"{path} cannot be read: {e.Message}", e);
}
