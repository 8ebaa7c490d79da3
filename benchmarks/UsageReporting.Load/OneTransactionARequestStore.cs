using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.Server.Validation;

namespace UsageReporting.Load;

/// <summary>
/// The same tables, written as most servers would: a request takes a connection from the pool, looks for the newest
/// report of the installation, writes, commits with a flush, and is answered. Requests that meet wait as SQLite lets them. The
/// journal is the one that SQLite begins a file with, or the log, which somebody has to ask for.
/// </summary>
internal sealed class OneTransactionARequestStore : IReportStore
{
    private const string UpsertInstallation = """
        INSERT INTO installations (product, id, first_seen, last_seen, report_sha256) VALUES ($1, $2, $3, $3, $4)
        ON CONFLICT (product, id) DO UPDATE SET last_seen = excluded.last_seen, report_sha256 = excluded.report_sha256
        """;

    // The library by itself would sleep for 150 ms where the engine tries again after one. Nobody gives up within a round.
    private const string Settings = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL";

    private readonly string _connection;
    private readonly ReportTable _table;
    private readonly string _newestReport;
    private readonly string _insertReport;

    public OneTransactionARequestStore(string path, ProductCatalog catalog, bool isInWal)
    {
        // Makes the tables, and WAL the file's mode.
        SqliteDatabase.Open(path, catalog, isDoubtful: false).Dispose();

        _connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        _table = new ReportTable(catalog.Default!);
        string[] names = [.. _table.Columns.Select(column => SqlNames.Quote(column.Name))];
        using (SqliteConnection connection = new(_connection))
        {
            connection.Open();
            Run(connection, $"CREATE INDEX ix_installation ON {_table.Name} ({names[0]})");
            if (!isInWal)
            {
                Run(connection, "PRAGMA journal_mode = DELETE");
            }
        }

        _newestReport = $"SELECT received FROM {_table.Name} WHERE {names[0]} = $1 ORDER BY received DESC LIMIT 1";
        _insertReport = $"INSERT INTO {_table.Name} (received, {string.Join(", ", names)}) "
            + $"VALUES ($1{string.Concat(names.Select((_, i) => $", ${i + 2}"))})";
    }

    // As the library's own asynchronous methods do, it blocks.
    public Task<StoreOutcome> StoreAsync(IncomingReport report) => Task.FromResult(Store(report));

    public Task<bool> CanStoreAsync() => Task.FromResult(true);

    private StoreOutcome Store(IncomingReport incoming)
    {
        using SqliteConnection connection = new(_connection);
        connection.Open();
        Run(connection, Settings);
        using SqliteTransaction transaction = connection.BeginTransaction(); // BEGIN IMMEDIATE
        object?[] values = [.. _table.Columns.Select(column => Value(incoming.Report, incoming.Report[column.Slot]))];
        object? id = values[0];
        using (SqliteCommand command = Command(connection, _newestReport, id))
        {
            if (DateField.TryRead(command.ExecuteScalar() as string, out DateTimeOffset newest) && newest > incoming.AcceptedAfter)
            {
                return new StoreOutcome.AlreadyReported(newest, IsSameReport: false);
            }
        }

        string received = DateField.Write(incoming.Received);
        Run(connection, _insertReport, [received, .. values]);
        Run(connection, UpsertInstallation, incoming.Product.Name, id, received, SHA256.HashData(incoming.Report.Bytes));
        transaction.Commit();
        return StoreOutcome.Accepted.OfNoReport;
    }

    private static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        SqliteCommand command = SqliteText.Command(connection, sql);
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }

    private static object? Value(Report report, FieldValue value) =>
        !value.IsPresent ? null
        : value.IsText ? Encoding.UTF8.GetString(report.Text(value))
        : value.Number;
}
