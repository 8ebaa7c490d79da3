using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>
/// The writing connection and its prepared statements; used by the writer's thread only. Disposing it in the middle of a
/// transaction rolls that back.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _ready;
    private readonly InstallationStatements _installations;
    private readonly Dictionary<Product, ReportStatements> _reports = [];

    private SqliteSession(SqliteConnection connection, ProductCatalog catalog)
    {
        _connection = connection;
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        _ready = new SqliteStatement(connection, "UPDATE readiness SET checked = checked + 1");
        _installations = new InstallationStatements(connection);
        foreach (Product product in catalog.Products)
        {
            _reports.Add(product, new ReportStatements(connection, product));
        }
    }

    public static SqliteSession Open(string path, ProductCatalog catalog)
    {
        SqliteConnection connection = SqliteDatabase.Open(path, catalog);
        try
        {
            return new SqliteSession(connection, catalog);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    /// <summary>A write that changes nothing but a counter, and that the disk has to take like any other.</summary>
    public void WriteReadiness() => _ready.Run();

    /// <summary>Writes a report if its installation is due.</summary>
    public StoreOutcome Write(IncomingReport report)
    {
        if (!_installations.TryClaim(report))
        {
            return _installations.Last(report);
        }

        _reports[report.Product].Insert(report);
        return StoreOutcome.Accepted.Instance;
    }

    public void Dispose()
    {
        foreach (ReportStatements statements in _reports.Values)
        {
            statements.Dispose();
        }

        _installations.Dispose();
        _ready.Dispose();
        _commit.Dispose();
        _begin.Dispose();
        _connection.Dispose();
    }
}
