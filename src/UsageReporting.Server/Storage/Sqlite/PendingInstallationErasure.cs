using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>An installation that waits to be erased.</summary>
internal sealed class PendingInstallationErasure(Product product, string id)
    : AnsweredWrite<SqliteSession, ErasureOutcome>(ErasureOutcome.Unavailable.Instance)
{
    protected override ErasureOutcome WriteTo(SqliteSession session) => session.Erasures.Erase(product, id);
}
