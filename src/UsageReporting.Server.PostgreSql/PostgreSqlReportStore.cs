using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Keeps reports in a database that several servers may use.</summary>
internal sealed class PostgreSqlReportStore(
    PostgreSqlDatabase database,
    PostgreSqlErasures erasures,
    ProductCatalog catalog,
    StoreMetrics metrics,
    ILogger<PostgreSqlReportStore> logger)
    : IReportStore, IHostedService, IDisposable
{
    private readonly WriteQueue<PostgreSqlBatch> _queue = new();

    private WriterThread<PostgreSqlBatch>? _writer;

    public Task<StoreOutcome> StoreAsync(IncomingReport report) => Enqueue(new PendingReport(report));

    public Task<bool> CanStoreAsync() => _queue.EnqueueWhenThereIsRoomAsync(new PendingReadiness(), full: true);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MigrateAsync(cancellationToken);
            PostgreSqlWriter writer = new(Open, metrics, logger);
            _writer = new WriterThread<PostgreSqlBatch>(_queue, writer.Write, writer.Leave);
            metrics.ShowWaiting(() => _queue.Waiting.Count);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new UsageStoreException(
                $"{database.Name} has a table to change that somebody is reading for long, as a backup does: start again when that is over.", e);
        }
        catch (Exception e) when (PostgreSqlDatabase.IsTrouble(e))
        {
            throw new UsageStoreException($"{database.Name} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Takes nothing more and ends when all that was taken is written, however short the host's patience.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _queue.Close();
        _writer?.Join();
    }

    /// <summary>Hands a write to the one thread that writes.</summary>
    public Task<TOutcome> Enqueue<TOutcome>(AnsweredWrite<PostgreSqlBatch, TOutcome> write) => _queue.Enqueue(write);

    // All of it or nothing; another server that starts just then waits.
    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenAsync();
        await PostgreSqlMigrations.PrepareAsync(connection, database.Name);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PostgreSqlMigrations.RunAsync(connection, database.Name);
        await PostgreSqlTables.FollowAsync(connection, database.Name, catalog);
        await transaction.CommitAsync(cancellationToken);
        await erasures.FollowAsync(connection);
    }

    // By the writer's thread. The database may have been restored from a backup while it was away.
    private PostgreSqlSession Open()
    {
        NpgsqlConnection connection = database.Open();
        try
        {
            erasures.FollowAsync(connection).GetAwaiter().GetResult();
            return new PostgreSqlSession(connection, catalog);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
