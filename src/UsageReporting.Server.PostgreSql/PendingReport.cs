using System.Security.Cryptography;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>A report that waits to be written; the batch finds out what becomes of it.</summary>
internal sealed class PendingReport(IncomingReport report)
    : AnsweredWrite<PostgreSqlBatch, StoreOutcome>(StoreOutcome.Unavailable.Instance)
{
    private byte[]? _sha256;

    public IncomingReport Incoming { get; } = report;

    /// <summary>What it is known by, as a text.</summary>
    public string Key { get; } = System.Text.Encoding.UTF8.GetString(report.Key);

    /// <summary>The SHA-256 of its bytes, by which the same report is known again.</summary>
    public byte[] Sha256 => _sha256 ??= SHA256.HashData(Incoming.Report.Bytes);

    public StoreOutcome Outcome { get; set; } = StoreOutcome.Unavailable.Instance;

    protected override StoreOutcome WriteTo(PostgreSqlBatch session)
    {
        session.Reports.Add(this);
        return Outcome;
    }

    protected override StoreOutcome AfterCommit(PostgreSqlBatch session, StoreOutcome outcome) => Outcome;
}
