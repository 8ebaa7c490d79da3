using Microsoft.Data.Sqlite;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// By which the reports of an installation are found. Ids are random: in a tree of them each report would have a page of its own
/// to change, at nearly the price of the report itself. So they are added by the thousand and in the tree's order, when many
/// share a page; the last ones, which are not in it yet, are looked through.
/// </summary>
internal sealed class ReportIndex : IDisposable
{
    private readonly SqliteStatement _last;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _noteLast;

    // Where it is by the time of the last look; less is true where the newest reports were deleted since.
    private long _known;

    public ReportIndex(SqliteConnection connection, ReportIndexSql sql)
    {
        _last = new SqliteStatement(connection, sql.Last);
        _add = new SqliteStatement(connection, sql.Add);
        _noteLast = new SqliteStatement(connection, sql.NoteLast);
        _known = ReadLast();
    }

    /// <summary>Takes in the reports that came, if they have become many.</summary>
    /// <param name="newest">The row number of the newest.</param>
    public void Follow(long newest)
    {
        if (newest - _known < ServerLimits.IndexedTogether)
        {
            return;
        }

        // In a table that had another index all are waiting: those that are stored now do not wait for all of them.
        long last = ReadLast();
        _known = Math.Min(newest, last + (2 * ServerLimits.IndexedTogether));
        _add.Bind(1, last);
        _add.Bind(2, _known);
        _add.Run();
        _noteLast.Bind(1, _known);
        _noteLast.Run();
    }

    public void Dispose()
    {
        _noteLast.Dispose();
        _add.Dispose();
        _last.Dispose();
    }

    private long ReadLast()
    {
        try
        {
            _last.Step();
            return _last.Number(0);
        }
        finally
        {
            _last.Reset();
        }
    }
}
