using Microsoft.Extensions.Logging;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// Writes batches, each in a transaction; all of it is answered after the commit. One that fails is refused as a whole and
/// costs the connection, which the next batch opens anew: that is what lets it recover by itself.
/// </summary>
/// <param name="open">Opens the connection that stores.</param>
/// <param name="metrics">Hears of batches that are written.</param>
/// <param name="logger">Hears of those that are not.</param>
internal sealed class PostgreSqlWriter(Func<PostgreSqlSession> open, StoreMetrics metrics, ILogger logger)
{
    // The machine's own clock: this is about its load.
    private readonly TimeProvider _time = TimeProvider.System;

    private PostgreSqlSession? _session;
    private bool _hasFailed;

    /// <summary>Closes the connection, which may be broken.</summary>
    public void Leave()
    {
        try
        {
            _session?.Dispose();
        }
#pragma warning disable CA1031 // What is left cannot do harm any more, and an exception here would end the host.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.NotLeft(logger, e);
        }

        _session = null;
    }

    /// <summary>Writes and answers.</summary>
    public void Write(List<PendingWrite<PostgreSqlBatch>> writes)
    {
        // Reports of one second, as they share the times that they are held against.
        PendingWrite<PostgreSqlBatch>[][] parts =
            [.. writes.GroupBy(write => (write as PendingReport)?.Incoming.Received).Select(part => part.ToArray())];
        // Where the database is away, what waits behind a part would wait as long again.
        bool isAway = false;
        foreach (PendingWrite<PostgreSqlBatch>[] part in parts)
        {
            PostgreSqlBatch batch = new();
            Array.ForEach(part, write => write.Write(batch));
            isAway = isAway || !TryWrite(batch, part.Length);
            Array.ForEach(part, write =>
            {
                if (isAway)
                {
                    write.Refuse();
                }
                else
                {
                    write.Confirm(batch);
                }
            });
        }
    }

    private bool TryWrite(PostgreSqlBatch batch, int writes)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _session ??= open();
                long begun = _time.GetTimestamp();
                _session.Write(batch);
                metrics.Committed(writes, _time.GetElapsedTime(begun));
                if (_hasFailed)
                {
                    _hasFailed = false;
                    Log.Reopened(logger);
                }

                return true;
            }
            catch (Exception e)
            {
                // Whatever it is: an operator's trouble or our own mistake, the thread has to go on.
                bool isWorthwhile = attempt < PostgreSqlErrors.Attempts && PostgreSqlErrors.IsConflict(e);
                // The database was restarted since the last batch, and nothing of this one has been committed.
                isWorthwhile |= attempt == 1 && _session is { IsCommitting: false } && PostgreSqlErrors.IsLostConnection(e);
                Leave();
                if (!isWorthwhile)
                {
                    _hasFailed = true;
                    Log.BatchFailed(logger, writes, e);
                    return false;
                }
            }
        }
    }
}
