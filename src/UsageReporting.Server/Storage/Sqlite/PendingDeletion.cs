using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>A portion of a day's reports that waits to be deleted.</summary>
internal sealed class PendingDeletion(Product product, ReportSpan day)
    : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    /// <summary>Whether it was the day's last one, known with the answer.</summary>
    public bool IsLast { get; private set; }

    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        IsLast = session.DeleteSome(product, day);
        return StoreOutcome.Accepted.OfNoReport;
    }
}
