using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Reads reports again and keeps the numbers. Of several servers one at a time writes and deletes.</summary>
internal sealed class PostgreSqlRollupStore(
    PostgreSqlDatabase database, PostgreSqlErasures erasures, ILogger<PostgreSqlRollupStore> logger)
    : IRollupStore, IRetentionStore
{
    // To count a week of millions takes longer than the lease lasts.
    private static readonly TimeSpan HoldEvery = TimeSpan.FromSeconds(5);

    private readonly PostgreSqlLease _lease = new();

    // Whoever's turn it is: who has it need not share the folder of a server that was broken off while it erased.
    public async Task<bool> TryTakeTurnAsync()
    {
        await FollowErasuresAsync();
        return await WriteAsync(_lease.TryTakeAsync);
    }

    public Task<IReadOnlyList<ReportSpan>> GetSpansAsync(Product product) =>
        database.ReadAsync(connection => RollupReader.ReadSpansAsync(connection, product));

    public Task<IReadOnlyList<RollupState>> GetStatesAsync(Product product) =>
        database.ReadAsync(connection => RollupReader.ReadStatesAsync(connection, product));

    public Task<IReadOnlyDictionary<string, DateTimeOffset?>> GetPublicSinceAsync(Product product) =>
        database.ReadAsync(connection => RollupReader.ReadPublicSinceAsync(connection, product));

    public Task<IReadOnlyList<Quarantine>> GetQuarantinesAsync(Product product) =>
        database.ReadAsync(connection => OperatorSql.ReadQuarantinesAsync(connection, product));

    public Task<bool> NotePublicAsync(Product product, IReadOnlyDictionary<string, DateTimeOffset?> since) => WriteAsync(async connection =>
    {
        await using NpgsqlBatch batch = new(connection);
        foreach ((string field, DateTimeOffset? time) in since)
        {
            batch.BatchCommands.Add(Arrays.Command(
                """
                INSERT INTO published_fields (product, field, since) VALUES ($1, $2, $3)
                ON CONFLICT (product, field) DO UPDATE SET since = excluded.since
                """,
                Arrays.Of(product.Name),
                Arrays.Of(field),
                Value(time is { } known ? DateField.Write(known) : null)));
        }

        await batch.ExecuteNonQueryAsync();
        return true;
    });

    public Task<bool?> NoteToldAsync(Product product, string what) => database.WriteAsync<bool?>(
        async connection => await SqlCommands.RunAsync(
            connection, "INSERT INTO told (product, what) VALUES ($1, $2) ON CONFLICT DO NOTHING", product.Name, what) == 1,
        refused: null,
        Failed);

    public async Task ReadReportsAsync(
        Product product, long first, long last, Action<StoredReport> take, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await database.OpenAsync();
            ReportReader reader = new(connection, product);
            // The machine's own clock: this is about how long it takes.
            TimeProvider time = TimeProvider.System;
            long held = time.GetTimestamp();
            await ReportPortions.ReadAsync(
                async to =>
                {
                    if (time.GetElapsedTime(held) > HoldEvery)
                    {
                        await _lease.TryHoldAsync(connection);
                        held = time.GetTimestamp();
                    }

                    return await reader.ReadSomeAsync(first, to, take, cancellationToken);
                },
                last,
                cancellationToken);
        }
        catch (Exception e) when (PostgreSqlDatabase.IsTrouble(e))
        {
            throw database.NotReadable(e);
        }
    }

    public Task<bool> WriteAsync(Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now) => WriteLeasedAsync(
        async connection =>
        {
            NpgsqlParameter[] Key() => [.. RollupRows.Key(product, rollup.Window).Select(Arrays.Of)];
            await using NpgsqlBatch batch = new(connection);
            foreach (string table in RollupRows.Tables)
            {
                batch.BatchCommands.Add(Arrays.Command(
                    $"""DELETE FROM {table} WHERE product = $1 AND interval = $2 AND "window" = $3""", Key()));
            }

            foreach ((string table, object?[] values) in RollupRows.Of(product, rollup, changes, now))
            {
                string places = string.Join(", ", values.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}")));
                batch.BatchCommands.Add(Arrays.Command($"INSERT INTO {table} VALUES ({places})", [.. values.Select(Value)]));
            }

            await batch.ExecuteNonQueryAsync();
        });

    public Task<IReadOnlyList<KeptRollup>> ReadAsync(Product product, UsageWindow from, UsageWindow to, string? name) =>
        database.ReadAsync(connection => RollupReader.ReadAsync(connection, product, from, to, name));

    public async Task<bool> DeleteReportsAsync(Product product, DateOnly before, CancellationToken cancellationToken)
    {
        ReportTable table = new(product);
        foreach (ReportSpan span in Retention.Over(await GetSpansAsync(product), before))
        {
            bool isLast = false;
            while (!isLast)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!await WriteLeasedAsync(async connection => isLast = await DeleteSomeAsync(connection, table, span)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public async Task<bool> ForgetInstallationsAsync(Product product, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int forgotten = ServerLimits.DeletedTogether;
        while (forgotten == ServerLimits.DeletedTogether)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await WriteLeasedAsync(async connection => forgotten = await ForgetSomeAsync(connection, product, DateField.Write(before))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Nothing is: what was deleted leaves the files by <c>VACUUM</c>, which is the database's own.</summary>
    public bool IsErasureDue => false;

    public Task<bool> EraseDeletedAsync() => Task.FromResult(true);

    // Found and then deleted, where one that reports meanwhile stays: distributed engines lock no rows of several places. Who
    // is in another's way is tried again.
    private static async Task<int> ForgetSomeAsync(NpgsqlConnection connection, Product product, string before)
    {
        List<string> ids = await SqlRows.ReadAsync(
            connection,
            $"SELECT id FROM installations WHERE product = @1 AND last_seen < @2 ORDER BY id LIMIT {ServerLimits.DeletedTogether}",
            [product.Name, before],
            row => row.GetString(0));
        await SqlCommands.RunAsync(
            connection,
            "DELETE FROM installations WHERE product = $1 AND last_seen < $2 AND id = ANY ($3)",
            Arrays.Of(product.Name),
            Arrays.Of(before),
            Arrays.Of(ids, id => id));
        return ids.Count;
    }

    // The day last, which reports are waiting for; all of it is one transaction: of a day that is deleted in part no numbers
    // are made, whenever that is gone on with.
    private static async Task<bool> DeleteSomeAsync(NpgsqlConnection connection, ReportTable table, ReportSpan span)
    {
        // Between these row numbers there may be reports of other days.
        string some = string.Create(CultureInfo.InvariantCulture, $"""
            id IN (SELECT id FROM {table.Name} WHERE id BETWEEN {span.First} AND {span.Last}
                AND substr(received, 1, {StoredTime.DayLength}) = $1 ORDER BY id LIMIT {ServerLimits.DeletedTogether})
            """);
        bool isLast = await PostgreSqlDeletions.DeleteAsync(connection, table, some, Arrays.Of(span.Name)) < ServerLimits.DeletedTogether;
        string empty = isLast ? ", first_id = 0, last_id = -1" : "";
        await SqlCommands.RunAsync(
            connection, $"UPDATE report_spans SET gone = 1{empty} WHERE product = $1 AND span = $2", table.Product, span.Name);
        return isLast;
    }

    private async Task FollowErasuresAsync()
    {
        try
        {
            await using NpgsqlConnection connection = await database.OpenAsync();
            await erasures.FollowNewAsync(connection);
        }
        catch (Exception e) when (e is UsageStoreException || PostgreSqlDatabase.IsTrouble(e))
        {
            Failed(e);
        }
    }

    private async Task<bool> WriteLeasedAsync(Func<NpgsqlConnection, Task> write) => await WriteAsync(async connection =>
    {
        if (!await _lease.TryHoldAsync(connection))
        {
            return false;
        }

        await write(connection);
        return true;
    });

    private Task<bool> WriteAsync(Func<NpgsqlConnection, Task<bool>> write) => database.WriteAsync(write, refused: false, Failed);

    private void Failed(Exception e) => Log.NotWritten(logger, e);

    private static NpgsqlParameter Value(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => Arrays.Of(text),
        _ => Arrays.Of((long)value),
    };
}
