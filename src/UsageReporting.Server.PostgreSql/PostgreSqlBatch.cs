namespace UsageReporting.Server.PostgreSql;

/// <summary>What is written in one transaction.</summary>
internal sealed class PostgreSqlBatch
{
    public List<PendingReport> Reports { get; } = [];

    public List<PendingInstalls> Installs { get; } = [];

    public bool AsksForReadiness { get; set; }
}
