using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// Decides, by one statement, which of a product's reports of one second are accepted: by the rows of what they are known by,
/// which is their installations' ids or, in reports without one, their nonces. A row that is in the way of a report is locked
/// until the transaction ends, whichever server wants it; their order is the same everywhere, so that nobody waits in a circle.
/// Of several of the same in a batch the first one is asked for; where a product has no window the others are accepted with it.
/// </summary>
internal sealed class ReportClaims
{
    // The erasure key that comes with an id's first report stays, or none: whoever learns the id later cannot take it over. Seen
    // again in another week, an installation is believed.
    private const string ClaimInstallations = """
        INSERT INTO installations (product, id, first_seen, last_seen, report_sha256, held, erasure_key)
        SELECT $1, r.id, $2, $2, r.sha256, r.held, r.erasure_key
        FROM unnest($6, $7, $8, $9) AS r (id, sha256, held, erasure_key)
        ON CONFLICT (product, id) DO UPDATE SET
            first_seen = least(installations.first_seen, excluded.first_seen),
            last_seen = excluded.last_seen,
            report_sha256 = excluded.report_sha256,
            held = CASE WHEN installations.first_seen >= $5 THEN installations.held ELSE 0 END
        WHERE installations.last_seen <= $3 OR installations.last_seen > $4
        RETURNING id, first_seen, held, first_seen = $2
        """;

    // Each is of an installation that nobody has seen and nobody will see again.
    private const string ClaimNonces = """
        INSERT INTO nonces (product, nonce, received, report_sha256)
        SELECT $1, r.nonce, $2, r.sha256 FROM unnest($5, $6) AS r (nonce, sha256)
        ON CONFLICT (product, nonce) DO UPDATE SET received = excluded.received, report_sha256 = excluded.report_sha256
        WHERE nonces.received <= $3 OR nonces.received > $4
        RETURNING nonce, received
        """;

    private const string LastOfInstallations =
        "SELECT id, last_seen, report_sha256 FROM installations WHERE product = $1 AND id = ANY ($2)";

    private const string LastOfNonces = "SELECT nonce, received, report_sha256 FROM nonces WHERE product = $1 AND nonce = ANY ($2)";

    // A few with each report, so that no report waits for many; and for none that another server forgets just now.
    private const string ForgetNonces = """
        DELETE FROM nonces WHERE (product, nonce) IN (
            SELECT product, nonce FROM nonces WHERE product = $1 AND received <= $2
            ORDER BY received LIMIT $3 FOR UPDATE SKIP LOCKED)
        """;

    private readonly bool _haveIds;
    private readonly IncomingReport _any;
    private readonly List<IGrouping<string, PendingReport>> _groups;
    private readonly Dictionary<string, (DateTimeOffset Time, byte[] Sha256)> _last = new(StringComparer.Ordinal);

    private ReportClaims(IEnumerable<PendingReport> reports)
    {
        _groups = [.. reports.GroupBy(report => report.Key).OrderBy(group => group.Key, StringComparer.Ordinal)];
        _any = _groups[0].First().Incoming;
        _haveIds = _any.HasId;
    }

    public Product Product => _any.Product;

    // Then a report is due in the second in which the last one came.
    private bool HaveNoWindow => _any.IsDueAfter(_any.Received);

    /// <summary>The reports that are accepted.</summary>
    public List<ClaimedReport> Accepted { get; } = [];

    /// <summary>The claims of a batch, in the order in which rows are locked.</summary>
    public static ReportClaims[] Of(List<PendingReport> reports) =>
    [
        .. reports.GroupBy(report => (report.Incoming.Product, report.Incoming.HasId))
            .OrderByDescending(group => group.Key.HasId)
            .ThenBy(group => group.Key.Product.Name, StringComparer.Ordinal)
            .Select(group => new ReportClaims(group)),
    ];

    public NpgsqlBatchCommand Claim()
    {
        NpgsqlParameter product = Arrays.Of(Product.Name);
        NpgsqlParameter received = Arrays.Of(DateField.Write(_any.Received));
        NpgsqlParameter after = Arrays.Of(DateField.Write(_any.AcceptedAfter));
        NpgsqlParameter until = Arrays.Of(DateField.Write(_any.BelievedUntil));
        NpgsqlParameter keys = Arrays.Of(_groups, group => group.Key);
        NpgsqlParameter hashes = Arrays.Of(_groups, group => (HaveNoWindow ? group.Last() : group.First()).Sha256);
        return _haveIds
            ? Arrays.Command(
                ClaimInstallations, product, received, after, until, Arrays.Of(DateField.Write(UsageWindow.Of(WindowKind.Week, _any.Received).Start)),
                keys, hashes, Arrays.Of(_groups, group => group.First().Incoming.IsOfBusyNetwork ? 1L : 0), Arrays.Of(_groups, group => ErasureKey(group.First())))
            : Arrays.Command(ClaimNonces, product, received, after, until, keys, hashes);
    }

    /// <summary>Takes in what <see cref="Claim"/> returned.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="numbers">Row numbers, one for each report and more.</param>
    public void ReadClaimed(NpgsqlDataReader rows, Queue<long> numbers)
    {
        Dictionary<string, IGrouping<string, PendingReport>> groups = _groups.ToDictionary(group => group.Key, StringComparer.Ordinal);
        while (rows.Read())
        {
            IGrouping<string, PendingReport> group = groups[rows.GetString(0)];
            PendingReport first = group.First();
            foreach (PendingReport report in HaveNoWindow ? group : group.Take(1))
            {
                Accepted.Add(new ClaimedReport(
                    report,
                    numbers.Dequeue(),
                    rows.GetString(1)[..StoredTime.DayLength],
                    _haveIds ? rows.GetInt64(2) == 1 : report.Incoming.IsOfBusyNetwork,
                    !_haveIds || (rows.GetBoolean(3) && report == first)));
            }
        }
    }

    /// <summary>Asks for the accepted reports that stand in the way of others; null where there are none.</summary>
    public NpgsqlBatchCommand? Last()
    {
        HashSet<string> accepted = [.. Accepted.Select(claimed => claimed.Report.Key)];
        string[] refused = [.. _groups.Select(group => group.Key).Where(key => !accepted.Contains(key))];
        return refused.Length == 0
            ? null
            : Arrays.Command(_haveIds ? LastOfInstallations : LastOfNonces, Arrays.Of(Product.Name), Arrays.Of(refused, key => key));
    }

    /// <summary>Takes in what <see cref="Last"/> returned.</summary>
    public void ReadLast(NpgsqlDataReader rows)
    {
        while (rows.Read())
        {
            _ = DateField.TryRead(rows.GetString(1), out DateTimeOffset time);
            _last.Add(rows.GetString(0), (time, rows.GetFieldValue<byte[]>(2)));
        }
    }

    /// <summary>Forgets nonces whose window is over; null where reports have ids.</summary>
    public NpgsqlBatchCommand? Forget() => _haveIds || Accepted.Count == 0
        ? null
        : Arrays.Command(
            ForgetNonces,
            Arrays.Of(Product.Name),
            Arrays.Of(DateField.Write(_any.AcceptedAfter)),
            Arrays.Of((long)ServerLimits.ForgottenNonces * Accepted.Count));

    /// <summary>Says what has become of each report.</summary>
    public void Finish()
    {
        HashSet<PendingReport> accepted = [];
        foreach (ClaimedReport claimed in Accepted)
        {
            accepted.Add(claimed.Report);
            claimed.Report.Outcome = new StoreOutcome.Accepted(claimed.Number, claimed.IsNew);
            _last[claimed.Report.Key] = (claimed.Report.Incoming.Received, claimed.Report.Sha256);
        }

        foreach (PendingReport report in _groups.SelectMany(group => group).Where(report => !accepted.Contains(report)))
        {
            report.Outcome = Refused(report);
        }
    }

    // A row that is gone although it was locked: an engine that does not lock what it does not change. Nothing is known then.
    private StoreOutcome Refused(PendingReport report) =>
        _last.TryGetValue(report.Key, out (DateTimeOffset Time, byte[] Sha256) last)
            ? new StoreOutcome.AlreadyReported(last.Time, last.Sha256.AsSpan().SequenceEqual(report.Sha256))
            : StoreOutcome.Unavailable.Instance;

    private static string? ErasureKey(PendingReport report) => report.Incoming.Report.ErasureKey is { IsPresent: true } key
        ? System.Text.Encoding.UTF8.GetString(report.Incoming.Report.Text(key))
        : null;
}
