using System.Globalization;
using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads what is stored of one installation.</summary>
internal static class InstallationReader
{
    // One row in any case, of a text in any case: found or not, the same is done.
    public static string? FindErasureKey(SqliteConnection connection, Product product, string id)
    {
        using SqliteCommand command = SqliteText.Command(
            connection,
            """
            SELECT coalesce((SELECT erasure_key FROM installations WHERE product = $1 AND id = $2),
                '----------------------------------------------------------------')
            """,
            product.Name,
            id);
        string key = (string)command.ExecuteScalar()!;
        return key[0] == '-' ? null : key;
    }

    public static StoredInstallation? Read(SqliteConnection connection, Product product, string id)
    {
        using SqliteCommand command = SqliteText.Command(
            connection,
            "SELECT first_seen, last_seen, hex(report_sha256), held FROM installations WHERE product = $1 AND id = $2",
            product.Name,
            id);
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read()
            ? new StoredInstallation(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2).ToLowerInvariant(),
                row.GetInt64(3) == 1,
                ReadReports(connection, product, id))
            : null;
    }

    private static List<StoredColumns> ReadReports(SqliteConnection connection, Product product, string id)
    {
        ReportTable table = new(product);
        ILookup<long, (string Field, string Key, object? Value)> entries = ReadEntries(connection, table, id);
        using SqliteCommand command = SqliteText.Command(
            connection, $"SELECT * FROM {table.Name} WHERE {SqliteNames.Quote(table.Id!.Name)} = $1 ORDER BY id", id);
        using SqliteDataReader rows = command.ExecuteReader();
        List<StoredColumns> reports = [];
        while (rows.Read())
        {
            // Also columns of fields that the schema had once; what is derived for counting begins with an underscore.
            IEnumerable<KeyValuePair<string, object>> columns = Enumerable.Range(0, rows.FieldCount)
                .Where(column => !rows.IsDBNull(column) && rows.GetName(column) is not ("id" or "received") && rows.GetName(column)[0] != '_')
                .Select(column => KeyValuePair.Create(rows.GetName(column), rows.GetValue(column)));
            reports.Add(new StoredColumns(
                Convert.ToString(rows["received"], CultureInfo.InvariantCulture)!, [.. columns], [.. entries[rows.GetInt64(rows.GetOrdinal("id"))]]));
        }

        return reports;
    }

    private static ILookup<long, (string Field, string Key, object? Value)> ReadEntries(
        SqliteConnection connection, ReportTable table, string id)
    {
        using SqliteCommand command = SqliteText.Command(
            connection,
            $"""
            SELECT report_id, field, key, value FROM report_values
            WHERE product = $1 AND report_id IN (SELECT id FROM {table.Name} WHERE {SqliteNames.Quote(table.Id!.Name)} = $2)
            """,
            table.Product,
            id);
        using SqliteDataReader rows = command.ExecuteReader();
        List<(long Report, (string Field, string Key, object? Value) Entry)> all = [];
        while (rows.Read())
        {
            all.Add((rows.GetInt64(0), (rows.GetString(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetValue(3))));
        }

        return all.ToLookup(row => row.Report, row => row.Entry);
    }
}
