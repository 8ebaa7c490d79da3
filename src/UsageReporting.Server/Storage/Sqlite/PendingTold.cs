using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>What somebody is to be told of, which waits to be noted.</summary>
internal sealed class PendingTold(Product product, string what) : AnsweredWrite<SqliteSession, bool?>(refused: null)
{
    protected override bool? WriteTo(SqliteSession session) => session.NoteTold(product, what);
}
