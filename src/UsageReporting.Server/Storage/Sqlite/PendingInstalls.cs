namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>A notification that waits to be counted.</summary>
internal sealed class PendingInstalls(IncomingInstalls installs) : AnsweredWrite<SqliteSession, int?>(refused: null)
{
    protected override int? WriteTo(SqliteSession session) => session.Packages.Count(installs);
}
