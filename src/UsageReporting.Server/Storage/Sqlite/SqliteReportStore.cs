using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Keeps reports in one SQLite file, which is open from the host's start to its end.</summary>
internal sealed class SqliteReportStore(
    string path, ProductCatalog catalog, StoreMetrics metrics, ILogger<SqliteReportStore> logger)
    : IReportStore, IHostedService, IDisposable
{
    private readonly WriteQueue<SqliteSession> _queue = new();
    private readonly DatabaseFile _file = new(path, catalog, logger);

    private SqliteWriter? _writer;

    // Of what a server before this one has deleted something may be there, too.
    private long _wishes = 1;
    private long _fulfilled;

    /// <summary>Whether something that was deleted may still stand in the files.</summary>
    public bool IsErasureDue => Interlocked.Read(ref _fulfilled) < Interlocked.Read(ref _wishes);

    public Task<StoreOutcome> StoreAsync(IncomingReport report) => Enqueue(new PendingReport(report));

    public async Task<bool> CanStoreAsync() =>
        await _queue.EnqueueWhenThereIsRoomAsync(new PendingReadiness(), full: StoreOutcome.Accepted.OfNoReport) is StoreOutcome.Accepted;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _writer = new SqliteWriter(_queue, _file, metrics, logger);
            metrics.ShowWaiting(() => _queue.Waiting.Count);
        }
        catch (Exception e)
        {
            _file.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new UsageStoreException($"{path} cannot be used: {e.Message}", e);
            }

            throw;
        }

        return Task.CompletedTask;
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
        _file.Dispose();
    }

    /// <summary>Takes what was deleted out of the files.</summary>
    /// <returns>Whether it is out; it is not as long as somebody reads what was there before.</returns>
    public async Task<bool> EraseDeletedAsync()
    {
        long wish = Interlocked.Increment(ref _wishes);
        bool isOut = await Enqueue(new PendingErasure()) is StoreOutcome.Accepted;
        lock (_file)
        {
            // One that failed before is fulfilled with it.
            _fulfilled = isOut ? Math.Max(_fulfilled, wish) : _fulfilled;
        }

        return isOut;
    }

    /// <summary>Hands a write to the one thread that writes.</summary>
    public Task<TOutcome> Enqueue<TOutcome>(AnsweredWrite<SqliteSession, TOutcome> write) => _queue.Enqueue(write);
}
