using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads with connections of its own, and writes through the thread that stores the reports.</summary>
internal sealed class SqliteRollupStore(string path, SqliteReportStore writer) : IRollupStore, IRetentionStore
{
    public Task<IReadOnlyList<ReportSpan>> GetSpansAsync(Product product) =>
        ReadAsync(connection => RollupReader.ReadSpans(connection, product));

    public Task<IReadOnlyList<RollupState>> GetStatesAsync(Product product) =>
        ReadAsync(connection => RollupReader.ReadStates(connection, product));

    public Task<IReadOnlyDictionary<string, DateTimeOffset?>> GetPublicSinceAsync(Product product) =>
        ReadAsync(connection => RollupReader.ReadPublicSince(connection, product));

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
            // The machine's own clock: this is about its load.
            TimeProvider time = TimeProvider.System;
            long start = time.GetTimestamp();
            while (reader.ReadSome(first, last, take) is { } lowest)
            {
                last = lowest - 1;
                TimeSpan rest = ServerLimits.RestsFor * time.GetElapsedTime(start);
                await Task.Delay(rest < ServerLimits.LongestRest ? rest : ServerLimits.LongestRest, time, cancellationToken);
                start = time.GetTimestamp();
            }
        }
        catch (SqliteException e)
        {
            throw NotReadable(e);
        }
    }

    public Task<bool> WriteAsync(Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now) =>
        WriteAsync(new PendingRollup(product, rollup, changes, now));

    public Task<IReadOnlyList<KeptRollup>> ReadAsync(Product product, UsageWindow from, UsageWindow to, string? name) =>
        ReadAsync(connection => RollupReader.Read(connection, product, from, to, name));

    public async Task<bool> DeleteReportsAsync(Product product, DateOnly before, CancellationToken cancellationToken)
    {
        IEnumerable<ReportSpan> over = (await GetSpansAsync(product)).Where(span => !span.IsEmpty && IsOver(span, before));
        // Windows first: nothing may be counted in them any more when the first of their reports goes.
        foreach (ReportSpan span in over.OrderBy(span => RollupSchedule.TryDay(span.Name, out _)))
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
            IReadOnlyList<string> ids = await ReadAsync(connection => RollupReader.ReadSilent(connection, product, after, before));
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

    public Task EraseDeletedAsync() => writer.Enqueue(new PendingErasure());

    // The span of a window has no reports of its own: they lie in those of their days, and in those around it.
    private static bool IsOver(ReportSpan span, DateOnly before) =>
        RollupSchedule.TryDay(span.Name, out DateOnly day)
            ? day < before
            : UsageWindow.TryParse(span.Name, out UsageWindow window) && window.Previous.FirstDay < before;

    private async Task<bool> WriteAsync(AnsweredWrite<StoreOutcome> write) => await writer.Enqueue(write) is StoreOutcome.Accepted;

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using SqliteConnection connection = SqliteReader.Open(path);
            // All that is read is of one moment: halves of two versions of a window tell what either hides.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return Task.FromResult(read(connection));
        }
        catch (SqliteException e)
        {
            return Task.FromException<T>(NotReadable(e));
        }
    }

    private UsageStoreException NotReadable(SqliteException e) => new($"{path} cannot be read: {e.Message}", e);
}
