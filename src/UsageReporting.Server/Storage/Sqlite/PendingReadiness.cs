namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>The question whether writing works, asked by writing.</summary>
internal sealed class PendingReadiness() : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        session.WriteReadiness();
        return StoreOutcome.Accepted.OfNoReport;
    }
}
