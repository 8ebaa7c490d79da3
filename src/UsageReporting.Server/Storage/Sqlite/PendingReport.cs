namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>A report that waits to be written.</summary>
internal sealed class PendingReport(IncomingReport report) : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session) => session.Write(report);
}
