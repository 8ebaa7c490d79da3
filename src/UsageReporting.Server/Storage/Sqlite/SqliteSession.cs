using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// The writing connection and its prepared statements; used by the writer's thread only. Disposing it in the middle of a
/// transaction rolls that back.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly OpenedFile _file;
    private readonly Remains _remains;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _ready;
    private readonly SqliteStatement _forgetNonces;
    private readonly ClaimStatements _installations;
    private readonly ClaimStatements _nonces;
    private readonly SpanStatements _spans;
    private readonly Dictionary<Product, ReportStatements> _reports = [];
    private bool _erases;

    private SqliteSession(SqliteConnection connection, string path, ProductCatalog catalog, ILogger logger)
    {
        _connection = connection;
        _remains = new Remains(connection, path, logger);
        Erasures = new Erasures(connection, new Tombstones(path), _remains);
        if (Erasures.Follow(catalog) && TryEmptyLog())
        {
            _remains.TryClear();
        }

        _file = new OpenedFile(connection, path);
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        _ready = new SqliteStatement(connection, "UPDATE readiness SET checked = checked + 1");
        _forgetNonces = new SqliteStatement(connection, """
            DELETE FROM nonces WHERE (product, nonce) IN (
                SELECT product, nonce FROM nonces WHERE product = ?1 AND received <= ?2 ORDER BY received LIMIT ?3)
            """);
        _installations = ClaimStatements.OfInstallations(connection);
        _nonces = ClaimStatements.OfNonces(connection);
        _spans = new SpanStatements(connection, catalog);
        Packages = new PackageStatements(connection);
        PackageRollup = new PackageRollupStatements(connection);
        foreach (Product product in catalog.Products)
        {
            _reports.Add(product, new ReportStatements(connection, product));
        }
    }

    /// <summary>Erases installations.</summary>
    public Erasures Erasures { get; }

    /// <summary>Counts installs of packages.</summary>
    public PackageStatements Packages { get; }

    /// <summary>Keeps the counters of packages.</summary>
    public PackageRollupStatements PackageRollup { get; }

    public static SqliteSession Open(string path, ProductCatalog catalog, bool isDoubtful, ILogger logger)
    {
        SqliteConnection connection = SqliteDatabase.Open(path, catalog, isDoubtful);
        try
        {
            return new SqliteSession(connection, path, catalog, logger);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin()
    {
        _spans.Clear();
        _begin.Run();
    }

    public void Commit()
    {
        _spans.Write();
        foreach (ReportStatements statements in _reports.Values)
        {
            statements.Index();
        }

        _commit.Run();
        if (_erases)
        {
            _erases = false;
            IsErased = TryEmptyLog() && _remains.TryClear();
        }
    }

    /// <summary>Whether what was deleted left the files when it was to, for the last time.</summary>
    public bool IsErased { get; private set; }

    /// <summary>
    /// Takes what was deleted out of the files after the commit: it stands in the log until then, and in the middle of pages.
    /// </summary>
    public void EraseAfterCommit() => _erases = true;

    /// <summary>Puts the numbers of a window in the place of those that it has.</summary>
    public void Write(Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now) =>
        RollupWriter.Write(_connection, product, rollup, changes, now);

    /// <summary>Notes since when fields are published.</summary>
    public void NotePublic(Product product, IReadOnlyDictionary<string, DateTimeOffset?> since) =>
        RollupWriter.NotePublic(_connection, product, since);

    /// <summary>Notes that somebody is told of something.</summary>
    /// <returns>Whether nobody was before.</returns>
    public bool NoteTold(Product product, string what)
    {
        SqliteText.Run(_connection, "INSERT OR IGNORE INTO told (product, what) VALUES ($1, $2)", product.Name, what);
        return raw.sqlite3_changes(_connection.Handle!) == 1;
    }

    /// <summary>Runs what is needed so seldom that nobody prepares it.</summary>
    public void Run(IReadOnlyList<SqlStatement> statements)
    {
        foreach (SqlStatement statement in statements)
        {
            SqliteText.Run(_connection, statement.Text, statement.Values);
        }
    }

    /// <summary>Deletes some of the reports of a day.</summary>
    /// <returns>Whether there are none left.</returns>
    public bool DeleteSome(Product product, ReportSpan day)
    {
        _remains.Note();
        return Deletions.DeleteSome(_connection, product, day);
    }

    /// <summary>Forgets an installation unless it was heard of.</summary>
    public void Forget(Product product, string id, DateTimeOffset before)
    {
        _remains.Note();
        Deletions.Forget(_connection, product, id, before);
    }

    /// <summary>What has become of the file.</summary>
    public FileState Look() => _file.Look();

    /// <summary>
    /// Moves all of the log into the file that it belongs to, wherever that is now, and empties the log: beside another
    /// file of the same name it would be taken for that one's.
    /// </summary>
    /// <returns>Whether there is nothing left to move; false while a reader or a full disk is in the way.</returns>
    public bool TryEmptyLog()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
            {
                SqliteText.Run(_connection, "ROLLBACK");
            }

            return SqliteText.Value(_connection, "PRAGMA wal_checkpoint(TRUNCATE)") is 0L;
        }
        catch (SqliteException e)
        {
            // Of any other error nothing can be waited for.
            return e.SqliteErrorCode is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL);
        }
    }

    /// <summary>A write that changes nothing but a counter, and that the disk has to take like any other.</summary>
    public void WriteReadiness() => _ready.Run();

    /// <summary>Writes a report if its installation is due, or nothing else came under its nonce.</summary>
    public StoreOutcome Write(IncomingReport report)
    {
        ClaimStatements claims = report.HasId ? _installations : _nonces;
        if (!claims.TryClaim(report))
        {
            return claims.Last(report);
        }

        long id = _reports[report.Product].Insert(report, claims.FirstSeen, claims.IsHeld);
        _spans.Add(report, id);
        if (!report.HasId)
        {
            ForgetNonces(report);
        }

        return new StoreOutcome.Accepted(id, claims.IsNew);
    }

    // A few with each report, so that no report waits for many.
    private void ForgetNonces(IncomingReport report)
    {
        _forgetNonces.Bind(1, report.Product.NameUtf8);
        _forgetNonces.Bind(2, report.AcceptedAfter);
        _forgetNonces.Bind(3, ServerLimits.ForgottenNonces);
        _forgetNonces.Run();
    }

    public void Dispose()
    {
        foreach (ReportStatements statements in _reports.Values)
        {
            statements.Dispose();
        }

        _spans.Dispose();
        PackageRollup.Dispose();
        Packages.Dispose();
        _nonces.Dispose();
        _installations.Dispose();
        _forgetNonces.Dispose();
        _ready.Dispose();
        _commit.Dispose();
        _begin.Dispose();
        _connection.Dispose();
    }
}
