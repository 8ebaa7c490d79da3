using Microsoft.Data.Sqlite;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// By which the reports of an installation are found. Ids are random: in a tree of them each report would have a page of its own
/// to change, at nearly the price of the report itself. So they are added by the thousand and in the tree's order, when many
/// share a page as long as the tree is not much larger; the last ones, which are not in it yet, are looked through.
/// </summary>
internal sealed class ReportIndex : IDisposable
{
    private readonly SqliteStatement _ends;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _noteLast;

    // At first there may be any number of reports that another version, or a server that was ended, has left for it.
    private bool _mayBeBehind = true;

    public ReportIndex(SqliteConnection connection, ReportIndexSql sql)
    {
        _ends = new SqliteStatement(connection, sql.Ends);
        _add = new SqliteStatement(connection, sql.Add);
        _noteLast = new SqliteStatement(connection, sql.NoteLast);
    }

    /// <summary>There is a report more.</summary>
    public void Note() => _mayBeBehind = true;

    /// <summary>
    /// Takes in reports that are not in it yet, where they have become many. It asks for the newest itself: what was inserted last
    /// may have been deleted since.
    /// </summary>
    public void Follow()
    {
        if (!_mayBeBehind)
        {
            return;
        }

        (long last, long newest) = ReadEnds();
        if (newest - last < ServerLimits.IndexedTogether)
        {
            _mayBeBehind = false;
            return;
        }

        // In a table that had another index all are waiting: those that are stored now do not wait for all of them.
        long next = last + ServerLimits.IndexedTogether;
        _add.Bind(1, last);
        _add.Bind(2, next);
        _add.Run();
        _noteLast.Bind(1, next);
        _noteLast.Run();
    }

    public void Dispose()
    {
        _noteLast.Dispose();
        _add.Dispose();
        _ends.Dispose();
    }

    private (long Last, long Newest) ReadEnds()
    {
        try
        {
            _ends.Step();
            return (_ends.Number(0), _ends.Number(1));
        }
        finally
        {
            _ends.Reset();
        }
    }
}
