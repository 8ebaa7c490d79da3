using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using UsageReporting.Server.PostgreSql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Validation;

namespace UsageReporting.Load;

/// <summary>
/// The same tables, without batches: each request takes a connection from the pool and runs one prepared statement, which is a
/// transaction of its own.
/// </summary>
internal sealed class OneStatementARequestStore : IReportStore, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly ReportTable _table;
    private readonly string _store;

    public OneStatementARequestStore(string connectionString, ProductCatalog catalog)
    {
        _source = NpgsqlDataSource.Create($"Max Auto Prepare=10;Auto Prepare Min Usages=1;Maximum Pool Size=64;{connectionString}");
        _table = new ReportTable(catalog.Default!);
        using (NpgsqlConnection connection = _source.OpenConnection())
        {
            PostgreSqlMigrations.PrepareAsync(connection, "the database").GetAwaiter().GetResult();
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            PostgreSqlMigrations.RunAsync(connection, "the database").GetAwaiter().GetResult();
            PostgreSqlTables.FollowAsync(connection, "the database", catalog).GetAwaiter().GetResult();
            transaction.Commit();
        }

        string names = string.Join(", ", _table.Columns.Select(column => SqlNames.Quote(column.Name)));
        string places = string.Concat(_table.Columns.Select((_, i) => FormattableString.Invariant($", ${i + 6}")));
        _store = $"""
            WITH claimed AS (
                INSERT INTO installations (product, id, first_seen, last_seen, report_sha256, held) VALUES ($1, $2, $3, $3, $4, 0)
                ON CONFLICT (product, id) DO UPDATE SET last_seen = excluded.last_seen, report_sha256 = excluded.report_sha256
                WHERE installations.last_seen <= $5
                RETURNING first_seen)
            INSERT INTO {_table.Name} (id, received, _first_seen, _held, {names})
            SELECT nextval('report_ids'), $3, substr(first_seen, 1, 10), 0{places} FROM claimed
            """;
    }

    public async Task<StoreOutcome> StoreAsync(IncomingReport report)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
#pragma warning disable CA2100 // Names from the schema, quoted.
        await using NpgsqlCommand command = new(_store, connection);
#pragma warning restore CA2100
        command.Parameters.Add(Arrays.Of(report.Product.Name));
        command.Parameters.Add(Arrays.Of(Encoding.UTF8.GetString(report.Key)));
        command.Parameters.Add(Arrays.Of(DateField.Write(report.Received)));
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(report.Report.Bytes) });
        command.Parameters.Add(Arrays.Of(DateField.Write(report.AcceptedAfter)));
        foreach (ReportColumn column in _table.Columns)
        {
            command.Parameters.Add(Value(report.Report, report.Report[column.Slot], column));
        }

        return await command.ExecuteNonQueryAsync() == 1
            ? StoreOutcome.Accepted.OfNoReport
            : new StoreOutcome.AlreadyReported(report.Received, IsSameReport: false);
    }

    public Task<bool> CanStoreAsync() => Task.FromResult(true);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlParameter Value(Report report, FieldValue value, ReportColumn column)
    {
        NpgsqlDbType type = column.Form == StoredForm.Integer ? NpgsqlDbType.Bigint : NpgsqlDbType.Text;
        return new NpgsqlParameter
        {
            NpgsqlDbType = type,
            Value = !value.IsPresent ? DBNull.Value : value.IsText ? Encoding.UTF8.GetString(report.Text(value)) : value.Number,
        };
    }
}
