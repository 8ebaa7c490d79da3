using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.Sqlite;

/// <summary>A SQLite file, opened by the server's stores and, beside them, by a test.</summary>
internal static class SqliteEngine
{
    public static async Task<OpenedStores> OpenAsync(string path, ProductCatalog catalog)
    {
        SqliteReportStore reports = new(path, catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await reports.StartAsync(CancellationToken.None);
        SqliteRollupStore store = new(path, reports);
        return new OpenedStores(reports, store, store, new SqliteOperatorStore(path, reports), () => reports.StopAsync(CancellationToken.None));
    }

#pragma warning disable CA2100 // The tests' own statements.
    public static void Execute(string path, string sql)
    {
        using SqliteConnection connection = Connect(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static IReadOnlyList<string> Query(string path, string sql)
    {
        using SqliteConnection connection = Connect(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> values = [];
        while (rows.Read())
        {
            values.Add(rows.IsDBNull(0) ? "" : rows.GetString(0));
        }

        return values;
    }

    private static SqliteConnection Connect(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
