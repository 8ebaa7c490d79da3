using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>A notification that waits to be counted; the batch finds out how many of its installs are new.</summary>
internal sealed class PendingInstalls(IncomingInstalls installs) : AnsweredWrite<PostgreSqlBatch, int?>(refused: null)
{
    public IncomingInstalls Incoming { get; } = installs;

    public int Counted { get; set; }

    protected override int? WriteTo(PostgreSqlBatch session)
    {
        session.Installs.Add(this);
        return null;
    }

    protected override int? AfterCommit(PostgreSqlBatch session, int? outcome) => Counted;
}
