namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The wish that what was deleted also leaves the files.</summary>
internal sealed class PendingErasure() : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        session.EraseAfterCommit();
        return StoreOutcome.Accepted.OfNoReport;
    }

    // A reader may be in the way.
    protected override StoreOutcome AfterCommit(SqliteSession session, StoreOutcome outcome) =>
        session.IsErased ? outcome : StoreOutcome.Unavailable.Instance;
}
