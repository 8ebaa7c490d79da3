using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>What an operator wants, which waits to be written.</summary>
internal sealed class PendingStatements(IReadOnlyList<SqlStatement> statements)
    : AnsweredWrite<SqliteSession, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    protected override StoreOutcome WriteTo(SqliteSession session)
    {
        session.Run(statements);
        return StoreOutcome.Accepted.OfNoReport;
    }
}
