using System.Buffers.Binary;
using Npgsql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// The connection that stores reports; used by the writer's thread only. A batch is a transaction and goes to the database
/// twice: with what decides, and with all that follows from it and the commit. Disposing it in the middle of one rolls that back.
/// </summary>
internal sealed class PostgreSqlSession : IDisposable
{
    private const int HashBytes = 16;

    // What is answered is on a disk, whatever the database does for others. Said in each transaction: behind a pooler the next
    // one may be another connection's.
    private const string BeDurable =
        "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    private const string CountInstalls = """
        INSERT INTO package_installs (bucket, hash, package, version, is_automatic, received)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING bucket, hash
        """;

    private const string WriteSpans = """
        INSERT INTO report_spans (product, span, first_id, last_id, came)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (product, span) DO UPDATE SET
            first_id = least(report_spans.first_id, excluded.first_id),
            last_id = greatest(report_spans.last_id, excluded.last_id),
            came = report_spans.came + excluded.came
        """;

    private readonly NpgsqlConnection _connection;
    private readonly GatheredSpans _spans;
    private readonly Dictionary<Product, ReportInserts> _inserts;

    public PostgreSqlSession(NpgsqlConnection connection, ProductCatalog catalog)
    {
        _connection = connection;
        _spans = new GatheredSpans(catalog);
        _inserts = catalog.Products.ToDictionary(product => product, product => new ReportInserts(product));
    }

    /// <summary>Whether the commit may have been on its way when something failed: what was written may be there.</summary>
    public bool IsCommitting { get; private set; }

    /// <summary>Writes and commits a batch.</summary>
    public void Write(PostgreSqlBatch batch)
    {
        IsCommitting = false;
        ReportClaims[] claims = ReportClaims.Of(batch.Reports);
        Decide(batch, claims);
        Follow(claims);
        Array.ForEach(claims, of => of.Finish());
    }

    public void Dispose() => _connection.Dispose();

    private void Decide(PostgreSqlBatch batch, ReportClaims[] claims)
    {
        using NpgsqlBatch commands = new(_connection);
        commands.BatchCommands.Add(Arrays.Command("BEGIN ISOLATION LEVEL READ COMMITTED"));
        commands.BatchCommands.Add(Arrays.Command(BeDurable));
        if (claims.Length > 0)
        {
            commands.BatchCommands.Add(Arrays.Command(
                "SELECT nextval('report_ids') FROM generate_series(1, $1)", Arrays.Of(batch.Reports.Count)));
        }

        foreach (ReportClaims of in claims)
        {
            commands.BatchCommands.Add(of.Claim());
        }

        List<(PendingInstalls Of, PackageInstall Install)> installs = InOrder(batch.Installs);
        if (installs.Count > 0)
        {
            commands.BatchCommands.Add(Count(installs));
        }

        if (batch.AsksForReadiness)
        {
            commands.BatchCommands.Add(Arrays.Command("UPDATE readiness SET checked = checked + 1"));
        }

        commands.Prepare();
        using NpgsqlDataReader rows = commands.ExecuteReader();
        // Behind what was set.
        rows.NextResult();
        if (claims.Length > 0)
        {
            Queue<long> numbers = [];
            while (rows.Read())
            {
                numbers.Enqueue(rows.GetInt64(0));
            }

            foreach (ReportClaims of in claims)
            {
                rows.NextResult();
                of.ReadClaimed(rows, numbers);
            }

            rows.NextResult();
        }

        if (installs.Count > 0)
        {
            ReadCounted(rows, installs);
        }

        ReadToEnd(rows);
    }

    private void Follow(ReportClaims[] claims)
    {
        using NpgsqlBatch commands = new(_connection);
        List<ReportClaims> withLast = [];
        foreach (ReportClaims of in claims)
        {
            if (of.Last() is { } last)
            {
                commands.BatchCommands.Add(last);
                withLast.Add(of);
            }
        }

        _spans.Clear();
        foreach (ReportClaims of in claims.Where(of => of.Accepted.Count > 0))
        {
            foreach (NpgsqlBatchCommand insert in _inserts[of.Product].Of(of.Accepted))
            {
                commands.BatchCommands.Add(insert);
            }

            if (of.Forget() is { } forget)
            {
                commands.BatchCommands.Add(forget);
            }

            of.Accepted.ForEach(claimed => _spans.Add(claimed.Report.Incoming, claimed.Number));
        }

        if (Spans() is { } spans)
        {
            commands.BatchCommands.Add(spans);
        }

        commands.BatchCommands.Add(Arrays.Command("COMMIT"));
        commands.Prepare();
        IsCommitting = true;
        using NpgsqlDataReader rows = commands.ExecuteReader();
        foreach (ReportClaims of in withLast)
        {
            of.ReadLast(rows);
            rows.NextResult();
        }

        ReadToEnd(rows);
    }

    // The rows of days are everybody's: they are locked last, and no longer than the commit takes.
    private NpgsqlBatchCommand? Spans()
    {
        (Product Product, string Span, long First, long Last, long Count)[] all =
            [.. _spans.All.OrderBy(span => span.Product.Name, StringComparer.Ordinal).ThenBy(span => span.Span, StringComparer.Ordinal)];
        return all.Length == 0
            ? null
            : Arrays.Command(
                WriteSpans,
                Arrays.Of(all, span => span.Product.Name),
                Arrays.Of(all, span => span.Span),
                Arrays.Of(all, span => (long?)span.First),
                Arrays.Of(all, span => (long?)span.Last),
                Arrays.Of(all, span => (long?)span.Count));
    }

    private static List<(PendingInstalls Of, PackageInstall Install)> InOrder(List<PendingInstalls> installs) =>
    [
        .. installs.SelectMany(of => of.Incoming.Installs, (of, install) => (Of: of, Install: install))
            .OrderBy(row => row.Of.Incoming.Bucket).ThenBy(row => row.Install.Hash),
    ];

    private static NpgsqlBatchCommand Count(List<(PendingInstalls Of, PackageInstall Install)> installs) => Arrays.Command(
        CountInstalls,
        Arrays.Of(installs, row => (long?)row.Of.Incoming.Bucket),
        Arrays.Of(installs, row => Bytes(row.Install.Hash)),
        Arrays.Of(installs, row => row.Install.Package),
        Arrays.Of(installs, row => row.Install.Version),
        Arrays.Of(installs, row => row.Of.Incoming.IsAutomatic ? 1L : 0),
        Arrays.Of(installs, row => DateField.Write(row.Of.Incoming.Received)));

    // Of several of the same the first one counts.
    private static void ReadCounted(NpgsqlDataReader rows, List<(PendingInstalls Of, PackageInstall Install)> installs)
    {
        installs.ForEach(row => row.Of.Counted = 0);
        Dictionary<(long, UInt128), PendingInstalls> first = [];
        foreach ((PendingInstalls of, PackageInstall install) in installs)
        {
            first.TryAdd((of.Incoming.Bucket, install.Hash), of);
        }

        while (rows.Read())
        {
            first[(rows.GetInt64(0), BinaryPrimitives.ReadUInt128BigEndian(rows.GetFieldValue<byte[]>(1)))].Counted++;
        }
    }

    private static byte[] Bytes(UInt128 hash)
    {
        byte[] bytes = new byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }

    // What fails behind the last rows is heard of here.
    private static void ReadToEnd(NpgsqlDataReader rows)
    {
        while (rows.NextResult())
        {
            // Nothing is asked for.
        }
    }
}
