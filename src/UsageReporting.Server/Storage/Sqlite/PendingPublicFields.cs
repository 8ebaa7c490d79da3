using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Since when fields are published, which waits to be noted.</summary>
internal sealed class PendingPublicFields(Product product, IReadOnlyDictionary<string, DateTimeOffset?> since)
    : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        session.NotePublic(product, since);
        return StoreOutcome.Accepted.OfNoReport;
    }
}
