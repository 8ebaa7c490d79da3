using Microsoft.Data.Sqlite;
using SQLitePCL;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Sql;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Deletes what has been kept long enough.</summary>
internal static class Deletions
{
    /// <returns>Whether no report of the day is left.</returns>
    public static bool DeleteSome(SqliteConnection connection, Product product, ReportSpan day)
    {
        // With the first portion: of a day that is deleted in part no numbers are made, whenever that is gone on with.
        SqliteText.Run(
            connection, "UPDATE report_spans SET gone = 1 WHERE product = $1 AND span = $2", product.Name, day.Name);
        string table = SqlNames.Table(product.Name);
        // Between these row numbers there may be reports of other days.
        string some = $"""
            SELECT id FROM {table} WHERE id BETWEEN {day.First} AND {day.Last} AND substr(received, 1, {StoredTime.DayLength}) = $1
            ORDER BY id LIMIT {ServerLimits.DeletedTogether}
            """;
        SqliteText.Run(connection, $"DELETE FROM {table} WHERE id IN ({some})", day.Name);
        if (raw.sqlite3_changes(connection.Handle!) == ServerLimits.DeletedTogether)
        {
            return false;
        }

        SqliteText.Run(
            connection,
            "UPDATE report_spans SET first_id = 0, last_id = -1 WHERE product = $1 AND span = $2",
            product.Name,
            day.Name);
        return true;
    }

    public static void Forget(SqliteConnection connection, Product product, string id, DateTimeOffset before) =>
        SqliteText.Run(
            connection,
            "DELETE FROM installations WHERE product = $1 AND id = $2 AND last_seen < $3",
            product.Name,
            id,
            DateField.Write(before));
}
