using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The numbers of a window that wait to be written.</summary>
internal sealed class PendingRollup(Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now)
    : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        session.Write(product, rollup, changes, now);
        return StoreOutcome.Accepted.OfNoReport;
    }
}
