namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The wish that what was deleted also leaves the log.</summary>
internal sealed class PendingErasure() : AnsweredWrite<StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        session.EmptyLogAfterCommit();
        return StoreOutcome.Accepted.OfNoReport;
    }
}
