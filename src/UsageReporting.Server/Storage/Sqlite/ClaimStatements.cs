using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// Decides, by one statement, whether a report is accepted: by the row of what it is known by, which is its installation's id
/// or, in a report without one, its nonce.
/// </summary>
internal sealed class ClaimStatements : IDisposable
{
    private readonly bool _hasErasureKeys;
    private readonly SqliteStatement _claim;
    private readonly SqliteStatement _last;
    private readonly byte[] _firstSeen = new byte[StoredTime.DayLength];

    // Of the report that was to be claimed last. The writer hashes all of a batch in a row, which is faster than each as it comes.
    private readonly byte[] _sha256 = new byte[SHA256.HashSizeInBytes];

    private ClaimStatements(bool hasErasureKeys, SqliteStatement claim, SqliteStatement last)
    {
        _hasErasureKeys = hasErasureKeys;
        _claim = claim;
        _last = last;
    }

    // An erasure key counts if it came with the first report: whoever learns an id later cannot take it over, with or without a
    // key. Ids are shown in previews and asked for in issues; that is all that a later key would prove.
    public static ClaimStatements OfInstallations(SqliteConnection connection) => new(
        hasErasureKeys: true,
        new SqliteStatement(connection, """
            INSERT INTO installations (product, id, first_seen, last_seen, report_sha256, held, erasure_key)
            VALUES (?1, ?2, ?3, ?3, ?4, ?7, ?9)
            ON CONFLICT (product, id) DO UPDATE SET
                first_seen = min(first_seen, excluded.first_seen),
                last_seen = excluded.last_seen,
                report_sha256 = excluded.report_sha256,
                held = held AND first_seen >= ?8
            WHERE installations.last_seen <= ?5 OR installations.last_seen > ?6
            RETURNING first_seen, held, first_seen = ?3
            """),
        new SqliteStatement(connection,
            "SELECT last_seen, report_sha256 = ?3 FROM installations WHERE product = ?1 AND id = ?2"));

    // Each is of an installation that nobody has seen and nobody will see again.
    public static ClaimStatements OfNonces(SqliteConnection connection) => new(
        hasErasureKeys: false,
        new SqliteStatement(connection, """
            INSERT INTO nonces (product, nonce, received, report_sha256) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (product, nonce) DO UPDATE SET
                received = excluded.received,
                report_sha256 = excluded.report_sha256
            WHERE nonces.received <= ?5 OR nonces.received > ?6
            RETURNING received, ?7, ?8 IS NOT NULL
            """),
        new SqliteStatement(connection,
            "SELECT received, report_sha256 = ?3 FROM nonces WHERE product = ?1 AND nonce = ?2"));

    /// <summary>The day of the first report of the installation whose report was claimed last.</summary>
    public ReadOnlySpan<byte> FirstSeen => _firstSeen;

    /// <summary>Whether it is not believed yet.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Whether it was not known.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Whether the report is the first of its key, or the first after a window.</summary>
    public bool TryClaim(IncomingReport report)
    {
        _claim.Bind(1, report.Product.NameUtf8);
        _claim.Bind(2, report.Key);
        _claim.Bind(3, report.Received);
        SHA256.HashData(report.Report.Bytes, _sha256);
        _claim.BindBytes(4, _sha256);
        _claim.Bind(5, report.AcceptedAfter);
        _claim.Bind(6, report.BelievedUntil);
        _claim.Bind(7, report.IsOfBusyNetwork ? 1 : 0);
        // Seen again in another week, an installation is believed.
        _claim.Bind(8, UsageWindow.Of(WindowKind.Week, report.Received).Start);
        if (_hasErasureKeys)
        {
            BindErasureKey(report);
        }

        try
        {
            if (!_claim.Step())
            {
                return false;
            }

            _claim.Bytes(0)[..StoredTime.DayLength].CopyTo(_firstSeen);
            IsHeld = _claim.Number(1) == 1;
            IsNew = _claim.Number(2) == 1;
            return true;
        }
        finally
        {
            _claim.Reset();
        }
    }

    /// <summary>The accepted report that stands in the way of the one that was to be claimed last.</summary>
    public StoreOutcome.AlreadyReported Last(IncomingReport report)
    {
        _last.Bind(1, report.Product.NameUtf8);
        _last.Bind(2, report.Key);
        _last.BindBytes(3, _sha256);
        try
        {
            _last.Step();
            DateField.TryRead(_last.Text(0), out DateTimeOffset lastSent);
            return new StoreOutcome.AlreadyReported(lastSent, _last.Number(1) == 1);
        }
        finally
        {
            _last.Reset();
        }
    }

    private void BindErasureKey(IncomingReport report)
    {
        if (report.Report.ErasureKey.IsPresent)
        {
            _claim.Bind(9, report.Report.Text(report.Report.ErasureKey));
        }
        else
        {
            _claim.BindNull(9);
        }
    }

    public void Dispose()
    {
        _claim.Dispose();
        _last.Dispose();
    }
}
