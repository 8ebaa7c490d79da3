using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// The only thread that writes. What has gathered while the disk was flushed becomes the next transaction, so that many
/// reports share one flush; all of them are answered after it. A batch that fails is refused as a whole and costs the
/// connection, which the next batch opens anew: that is what lets it recover by itself.
/// </summary>
internal sealed class SqliteWriter
{
    private readonly ChannelReader<PendingWrite> _waiting;
    private readonly DatabaseFile _file;
    private readonly StoreMetrics _metrics;
    private readonly ILogger _logger;

    // The machine's own clock: this is about its disk.
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly List<PendingWrite> _batch = new(ServerLimits.BatchSize);
    private SqliteSession? _session;

    /// <param name="waiting">What is to be written; the thread ends when it is completed and empty.</param>
    /// <param name="file">The database.</param>
    /// <param name="metrics">Hears of those that did not.</param>
    /// <param name="logger">Hears of batches that failed.</param>
    /// <exception cref="UsageStoreException">The database cannot be used.</exception>
    public SqliteWriter(ChannelReader<PendingWrite> waiting, DatabaseFile file, StoreMetrics metrics, ILogger logger)
    {
        _waiting = waiting;
        _file = file;
        _metrics = metrics;
        _logger = logger;
        _session = file.Open();
        Thread = new Thread(Run) { IsBackground = true, Name = "usage report writer" };
        Thread.Start();
    }

    public Thread Thread { get; }

    private void Run()
    {
        using ManualResetEventSlim woken = new(initialState: false, spinCount: 0);
        while (WaitForWrites(woken))
        {
            while (_batch.Count < ServerLimits.BatchSize && _waiting.TryRead(out PendingWrite? write))
            {
                _batch.Add(write);
            }

            WriteBatch();
            _batch.Clear();
        }

        if (_session is not null)
        {
            Leave(_session);
        }
    }

    // False when none will come any more. A task that is waited for spins first, for about as long as it mostly takes until
    // the next report comes: that would be most of a core, which the requests have need of.
    private bool WaitForWrites(ManualResetEventSlim woken)
    {
        TaskAwaiter<bool> waiting = _waiting.WaitToReadAsync().AsTask().GetAwaiter();
        if (!waiting.IsCompleted)
        {
            woken.Reset();
            waiting.UnsafeOnCompleted(woken.Set);
            woken.Wait();
        }

        return waiting.GetResult();
    }

    private void Leave(SqliteSession session)
    {
        try
        {
            _file.Leave(session);
        }
        catch (Exception e)
        {
            // All was answered before; the process has to end in order.
            Log.NotLeft(_logger, e);
        }
    }

    private void WriteBatch()
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
            foreach (PendingWrite write in _batch)
            {
                write.Write(_session);
            }

            _session.Commit();
            if (_session.Look() != FileState.InPlace)
            {
                throw new UsageStoreException("The database was removed, replaced or truncated while it was open.");
            }

            _metrics.Committed(_batch.Count, _time.GetElapsedTime(begun));
        }
        catch (Exception e)
        {
            // Whatever it is: an operator's trouble or our own mistake, the thread has to go on.
            Log.BatchFailed(_logger, _batch.Count, e);
            if (_session is not null && _file.TryLeave(_session, e))
            {
                _session = null;
            }

            _batch.ForEach(write => write.Refuse());
            return;
        }

        _batch.ForEach(write => write.Confirm(_session));
    }
}
