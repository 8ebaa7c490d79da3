using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// What is left of deleted rows in the database's file: whether there may be something is noted with the deletion itself, so
/// that it is known after a crash.
/// </summary>
/// <param name="connection">The writing connection.</param>
/// <param name="path">The database's file.</param>
/// <param name="logger">Hears of what stays.</param>
internal sealed class Remains(SqliteConnection connection, string path, ILogger logger)
{
    private readonly LogFile _log = new(path);

    // The machine's own clock: this is about its load.
    private readonly TimeProvider _time = TimeProvider.System;

    private long _ended;
    private TimeSpan _took;
    private bool _isTold;

    /// <summary>Notes that rows are deleted, in the transaction that does it.</summary>
    public void Note() => SqliteText.Run(connection, "UPDATE erasures SET remains = 1");

    /// <summary>Overwrites what is left, where something is; after the log was emptied.</summary>
    /// <returns>
    /// Whether nothing is left; false where that has to wait, or fails: what was committed before is committed all the same.
    /// </returns>
    public bool TryClear()
    {
        try
        {
            return Clear();
        }
        catch (SqliteException e)
        {
            Tell(() => Log.RemainsNotCleared(logger, e));
            return false;
        }
    }

    private bool Clear()
    {
        if (Number("SELECT remains FROM erasures") == 0)
        {
            return true;
        }

        // All of the file is read, while reports wait: of a large one not again and again.
        if (_took > ServerLimits.ClearsAtOnceWithin && _time.GetElapsedTime(_ended) < ServerLimits.ClearsRestFor * _took)
        {
            return false;
        }

        long start = _time.GetTimestamp();
        SqliteText.Run(connection, "BEGIN IMMEDIATE");
        try
        {
            // From here on nobody writes. What another program wrote just before goes first.
            if (_log.HoldsAnything)
            {
                return false;
            }

            if (!PageGaps.TryClear(connection, Number("PRAGMA page_count"), (int)Number("PRAGMA page_size")))
            {
                Tell(() => Log.RemainsStay(logger));
                return false;
            }
        }
        finally
        {
            SqliteText.Run(connection, "ROLLBACK");
            _ended = _time.GetTimestamp();
            _took = _time.GetElapsedTime(start, _ended);
        }

        // Pages in memory are as they were, and would be written again so.
        SqliteText.Run(connection, "PRAGMA shrink_memory");
        SqliteText.Run(connection, "UPDATE erasures SET remains = 0");
        return true;
    }

    // Each is tried again every few seconds.
    private void Tell(Action tell)
    {
        if (!_isTold)
        {
            _isTold = true;
            tell();
        }
    }

    private long Number(string sql) => Convert.ToInt64(SqliteText.Value(connection, sql), CultureInfo.InvariantCulture);
}
