using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>The question whether writing works, asked by writing.</summary>
internal sealed class PendingReadiness() : AnsweredWrite<PostgreSqlBatch, bool>(refused: false)
{
    protected override bool WriteTo(PostgreSqlBatch session) => session.AsksForReadiness = true;
}
