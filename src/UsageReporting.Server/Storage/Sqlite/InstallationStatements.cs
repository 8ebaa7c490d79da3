using Microsoft.Data.Sqlite;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Decides, by one statement, whether an installation's report is accepted.</summary>
internal sealed class InstallationStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _claim = new(connection, """
        INSERT INTO installations (product, id, first_seen, last_seen, report_sha256, held) VALUES (?1, ?2, ?3, ?3, ?4, ?7)
        ON CONFLICT (product, id) DO UPDATE SET
            first_seen = min(first_seen, excluded.first_seen),
            last_seen = excluded.last_seen,
            report_sha256 = excluded.report_sha256,
            held = held AND first_seen >= ?8
        WHERE installations.last_seen <= ?5 OR installations.last_seen > ?6
        RETURNING first_seen, held, first_seen = ?3
        """);

    private readonly byte[] _firstSeen = new byte[StoredTime.DayLength];

    private readonly SqliteStatement _last = new(connection,
        "SELECT last_seen, report_sha256 = ?3 FROM installations WHERE product = ?1 AND id = ?2");

    /// <summary>The day of the first report of the installation that was claimed last.</summary>
    public ReadOnlySpan<byte> FirstSeen => _firstSeen;

    /// <summary>Whether it is not believed yet.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Whether it was not known.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Whether the report is its installation's first, or the first after a window.</summary>
    public bool TryClaim(IncomingReport report)
    {
        BindInstallation(_claim, report);
        _claim.Bind(3, report.Received);
        _claim.BindBytes(4, report.Sha256);
        _claim.Bind(5, report.AcceptedAfter);
        _claim.Bind(6, report.BelievedUntil);
        _claim.Bind(7, report.IsOfBusyNetwork ? 1 : 0);
        // Seen again in another week, an installation is believed.
        _claim.Bind(8, UsageWindow.Of(WindowKind.Week, report.Received).Start);
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

    /// <summary>The accepted report that stands in the way of this one.</summary>
    public StoreOutcome.AlreadyReported Last(IncomingReport report)
    {
        BindInstallation(_last, report);
        _last.BindBytes(3, report.Sha256);
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

    public void Dispose()
    {
        _claim.Dispose();
        _last.Dispose();
    }

    private static void BindInstallation(SqliteStatement statement, IncomingReport report)
    {
        statement.Bind(1, report.Product.NameUtf8);
        statement.Bind(2, report.Report.Text(report.Report[Report.IdSlot]));
    }
}
