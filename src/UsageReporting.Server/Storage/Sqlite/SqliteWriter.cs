using Microsoft.Extensions.Logging;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Writes batches, one transaction each; all of a batch is answered after it. One that fails is refused as a whole and costs
/// the connection, which the next batch opens anew: that is what lets it recover by itself.
/// </summary>
internal sealed class SqliteWriter
{
    private readonly DatabaseFile _file;
    private readonly StoreMetrics _metrics;
    private readonly ILogger _logger;
    private readonly WriterThread<SqliteSession> _thread;

    // The machine's own clock: this is about its disk.
    private readonly TimeProvider _time = TimeProvider.System;

    private SqliteSession? _session;

    /// <param name="queue">What is to be written; the thread ends when it is closed and empty.</param>
    /// <param name="file">The database.</param>
    /// <param name="metrics">Hears of batches that are written.</param>
    /// <param name="logger">Hears of those that are not.</param>
    /// <exception cref="UsageStoreException">The database cannot be used.</exception>
    public SqliteWriter(WriteQueue<SqliteSession> queue, DatabaseFile file, StoreMetrics metrics, ILogger logger)
    {
        _file = file;
        _metrics = metrics;
        _logger = logger;
        _session = file.Open();
        _thread = new WriterThread<SqliteSession>(queue, Write, Leave);
    }

    /// <summary>Waits until all is written and the database is closed.</summary>
    public void Join() => _thread.Join();

    private void Leave()
    {
        try
        {
            if (_session is not null)
            {
                _file.Leave(_session);
            }
        }
        catch (Exception e)
        {
            // All was answered before; the process has to end in order.
            Log.NotLeft(_logger, e);
        }
    }

    private void Write(List<PendingWrite<SqliteSession>> batch)
    {
        try
        {
            if (_session is null)
            {
                _session = _file.Open();
                Log.Reopened(_logger);
            }

            long begun = _time.GetTimestamp();
            _session.Begin();
            foreach (PendingWrite<SqliteSession> write in batch)
            {
                write.Write(_session);
            }

            _session.Commit();
            if (_session.Look() != FileState.InPlace)
            {
                throw new UsageStoreException("The database was removed, replaced or truncated while it was open.");
            }

            _metrics.Committed(batch.Count, _time.GetElapsedTime(begun));
        }
        catch (Exception e)
        {
            // Whatever it is: an operator's trouble or our own mistake, the thread has to go on.
            Log.BatchFailed(_logger, batch.Count, e);
            if (_session is not null && _file.TryLeave(_session, e))
            {
                _session = null;
            }

            batch.ForEach(write => write.Refuse());
            return;
        }

        batch.ForEach(write => write.Confirm(_session));
    }
}
