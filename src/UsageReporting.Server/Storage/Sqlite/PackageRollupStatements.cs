using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Moves installs into the counters and out again: each is added once, by its number, and taken from the last 30 days
/// once, when the edge of those passes its time. What the counters hold is therefore always what a recount up to that
/// number and edge would find, however often, seldom or interrupted this runs.
/// </summary>
internal sealed class PackageRollupStatements : IDisposable
{
    private readonly sqlite3 _database;
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _newest;
    private readonly SqliteStatement _addToMonths;
    private readonly SqliteStatement _addToCounters;
    private readonly SqliteStatement _middle;
    private readonly SqliteStatement _moveEdge;
    private readonly SqliteStatement _prune;
    private readonly SqliteStatement _saveState;

    public PackageRollupStatements(SqliteConnection connection)
    {
        _database = connection.Handle!;
        _state = new SqliteStatement(connection, "SELECT counted_to, edge FROM package_rollup");
        _newest = new SqliteStatement(connection, "SELECT coalesce(max(id), 0) FROM package_installs");
        _addToMonths = new SqliteStatement(connection, """
            INSERT INTO package_months (package, month, installs, automatic)
            SELECT package, substr(received, 1, 7), sum(NOT is_automatic), sum(is_automatic)
            FROM package_installs WHERE id > ?1 AND id <= ?2 GROUP BY 1, 2
            ON CONFLICT (package, month) DO UPDATE SET
                installs = installs + excluded.installs,
                automatic = automatic + excluded.automatic
            """);
        _addToCounters = new SqliteStatement(connection, """
            INSERT INTO package_counters
                (package, total, last_30_days, automatic_total, automatic_last_30_days, last_installed_at)
            SELECT
                package,
                sum(NOT is_automatic),
                sum(NOT is_automatic AND received > ?3),
                sum(is_automatic),
                sum(is_automatic AND received > ?3),
                max(CASE WHEN is_automatic THEN NULL ELSE received END)
            FROM package_installs WHERE id > ?1 AND id <= ?2 GROUP BY package
            ON CONFLICT (package) DO UPDATE SET
                total = total + excluded.total,
                last_30_days = last_30_days + excluded.last_30_days,
                automatic_total = automatic_total + excluded.automatic_total,
                automatic_last_30_days = automatic_last_30_days + excluded.automatic_last_30_days,
                last_installed_at = max(
                    coalesce(last_installed_at, excluded.last_installed_at),
                    coalesce(excluded.last_installed_at, last_installed_at))
            """);
        _middle = new SqliteStatement(
            connection,
            "SELECT received FROM package_installs WHERE received > ?1 AND received <= ?2 ORDER BY received LIMIT 1 OFFSET ?3");
        _moveEdge = new SqliteStatement(connection, """
            UPDATE package_counters SET
                last_30_days = last_30_days + ?4 * passed.installs,
                automatic_last_30_days = automatic_last_30_days + ?4 * passed.automatic
            FROM (
                SELECT package, sum(NOT is_automatic) AS installs, sum(is_automatic) AS automatic
                FROM package_installs WHERE received > ?1 AND received <= ?2 AND id <= ?3 GROUP BY package
            ) AS passed
            WHERE passed.package = package_counters.package
            """);
        _prune = new SqliteStatement(connection, """
            DELETE FROM package_installs WHERE id IN (
                SELECT id FROM package_installs WHERE received <= min(?1, ?2) AND id <= ?3 ORDER BY received LIMIT ?4)
            """);
        // Once the newest rows are pruned, SQLite gives their numbers again.
        _saveState = new SqliteStatement(connection, """
            UPDATE package_rollup SET
                counted_to = min(?1, (SELECT coalesce(max(id), 0) FROM package_installs)),
                edge = ?2,
                as_of = coalesce(?3, as_of)
            """);
    }

    /// <summary>Goes on with the rollup, by so many installs that reports do not wait long for it.</summary>
    public PackageRollupStep Step(DateTimeOffset now)
    {
        (long countedTo, string edge) = State();
        long newest = Newest();
        long to = Math.Min(newest, countedTo + ServerLimits.RollupInstalls);
        Add(countedTo, to, edge);

        string target = DateField.Write(now - ServerLimits.RecentInstalls);
        string reached = MoveEdge(edge, target, to);
        long pruned = Prune(DateField.Write(now - ServerLimits.InstallsKept), reached, to);

        bool isLast = to == newest && reached == target && pruned < ServerLimits.RollupInstalls;
        SaveState(to, reached, isLast ? now : null);
        return new PackageRollupStep(to - countedTo, pruned, isLast);
    }

    public void Dispose()
    {
        _state.Dispose();
        _newest.Dispose();
        _addToMonths.Dispose();
        _addToCounters.Dispose();
        _middle.Dispose();
        _moveEdge.Dispose();
        _prune.Dispose();
        _saveState.Dispose();
    }

    private (long CountedTo, string Edge) State()
    {
        try
        {
            _state.Step();
            return (_state.Number(0), _state.Text(1));
        }
        finally
        {
            _state.Reset();
        }
    }

    private long Newest()
    {
        try
        {
            _newest.Step();
            return _newest.Number(0);
        }
        finally
        {
            _newest.Reset();
        }
    }

    private void Add(long countedTo, long to, string edge)
    {
        if (to == countedTo)
        {
            return;
        }

        foreach (SqliteStatement statement in new[] { _addToMonths, _addToCounters })
        {
            statement.Bind(1, countedTo);
            statement.Bind(2, to);
        }

        _addToCounters.Bind(3, edge);
        _addToMonths.Run();
        _addToCounters.Run();
    }

    // The edge also moves back, with a clock that is set back: what it passes then counts again.
    private string MoveEdge(string edge, string target, long countedTo)
    {
        bool isForward = string.CompareOrdinal(edge, target) <= 0;
        string reached = isForward ? Middle(edge, target) ?? target : target;
        _moveEdge.Bind(1, isForward ? edge : reached);
        _moveEdge.Bind(2, isForward ? reached : edge);
        _moveEdge.Bind(3, countedTo);
        _moveEdge.Bind(4, isForward ? -1 : 1);
        _moveEdge.Run();
        return reached;
    }

    // How far the edge gets in one step, where that is not all of the way.
    private string? Middle(string edge, string target)
    {
        _middle.Bind(1, edge);
        _middle.Bind(2, target);
        _middle.Bind(3, ServerLimits.RollupInstalls);
        try
        {
            return _middle.Step() ? _middle.Text(0) : null;
        }
        finally
        {
            _middle.Reset();
        }
    }

    private long Prune(string until, string edge, long countedTo)
    {
        _prune.Bind(1, until);
        _prune.Bind(2, edge);
        _prune.Bind(3, countedTo);
        _prune.Bind(4, ServerLimits.RollupInstalls);
        _prune.Run();
        return raw.sqlite3_changes(_database);
    }

    private void SaveState(long countedTo, string edge, DateTimeOffset? asOf)
    {
        _saveState.Bind(1, countedTo);
        _saveState.Bind(2, edge);
        if (asOf is { } time)
        {
            _saveState.Bind(3, time);
        }
        else
        {
            _saveState.BindNull(3);
        }

        _saveState.Run();
    }
}
