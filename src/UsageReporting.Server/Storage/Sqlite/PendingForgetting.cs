using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Silent installations that wait to be forgotten.</summary>
internal sealed class PendingForgetting(Product product, IReadOnlyList<string> ids, DateTimeOffset before)
    : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        foreach (string id in ids)
        {
            session.Forget(product, id, before);
        }

        return StoreOutcome.Accepted.OfNoReport;
    }
}
