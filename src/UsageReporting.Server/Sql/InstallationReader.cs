using System.Data.Common;
using System.Globalization;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Sql;

/// <summary>Reads what is stored of one installation.</summary>
internal static class InstallationReader
{
    // One row in any case, of a text in any case: found or not, the same is done.
    public static async Task<string?> FindErasureKeyAsync(DbConnection connection, Product product, string id)
    {
        string key = (await SqlRows.ReadAsync(
            connection,
            """
            SELECT coalesce((SELECT erasure_key FROM installations WHERE product = @1 AND id = @2),
                '----------------------------------------------------------------')
            """,
            [product.Name, id],
            row => row.GetString(0))).Single();
        return key[0] == '-' ? null : key;
    }

    /// <param name="connection">To the database.</param>
    /// <param name="product">Whose it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="isOfIt">The engine's condition for its reports in a table, with the id as the parameter @1.</param>
    public static async Task<StoredInstallation?> ReadAsync(
        DbConnection connection, Product product, string id, Func<ReportTable, string> isOfIt)
    {
        StoredInstallation? found = (await SqlRows.ReadAsync(
            connection,
            "SELECT first_seen, last_seen, report_sha256, held FROM installations WHERE product = @1 AND id = @2",
            [product.Name, id],
            row => new StoredInstallation(
                row.GetString(0),
                row.GetString(1),
                Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)),
                row.GetInt64(3) == 1,
                []))).SingleOrDefault();
        if (found is null)
        {
            return null;
        }

        ReportTable table = new(product);
        return found with { Reports = await ReadReportsAsync(connection, table, id, isOfIt(table)) };
    }

    private static async Task<IReadOnlyList<StoredColumns>> ReadReportsAsync(
        DbConnection connection, ReportTable table, string id, string isOfIt)
    {
        ILookup<long, (string Field, string Key, object? Value)> entries = (await SqlRows.ReadAsync(
            connection,
            $"""
            SELECT report_id, field, key, value FROM report_values
            WHERE product = @2 AND report_id IN (SELECT id FROM {table.Name} WHERE {isOfIt})
            """,
            [id, table.Product],
            row => (Report: row.GetInt64(0), Entry: (row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : Value(row.GetValue(3))))))
            .ToLookup(row => row.Report, row => row.Entry);
        return await SqlRows.ReadAsync(
            connection, $"SELECT * FROM {table.Name} WHERE {isOfIt} ORDER BY id", [id], row => ReadReport(row, entries));
    }

    private static StoredColumns ReadReport(DbDataReader row, ILookup<long, (string Field, string Key, object? Value)> entries)
    {
        // Also columns of fields that the schema had once; what is derived for counting begins with an underscore.
        IEnumerable<KeyValuePair<string, object>> columns = Enumerable.Range(0, row.FieldCount)
            .Where(column => !row.IsDBNull(column) && row.GetName(column) is not ("id" or "received") && row.GetName(column)[0] != '_')
            .Select(column => KeyValuePair.Create(row.GetName(column), row.GetValue(column)));
        return new StoredColumns(
            Convert.ToString(row["received"], CultureInfo.InvariantCulture)!, [.. columns], [.. entries[row.GetInt64(row.GetOrdinal("id"))]]);
    }

    // Where a column has one type for numbers and versions, it is that of texts. A version has a dot.
    private static object Value(object stored) =>
        stored is string text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : stored;
}
