using System.Globalization;
using Npgsql;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// Deletes reports with their entries, and counts that as a change of their days and windows: numbers do not keep what was
/// erased. The rows of days are changed last, as everywhere.
/// </summary>
internal static class PostgreSqlDeletions
{
    /// <summary>Deletes what a condition holds for.</summary>
    /// <returns>How many reports there were.</returns>
    public static async Task<int> DeleteAsync(NpgsqlConnection connection, ReportTable table, string condition, params NpgsqlParameter[] values)
    {
        string period = table.HasPeriods ? $", {IdentityFields.PeriodName}" : "";
        List<(long Id, string Day, string? Period)> gone = [];
        // Names come from schemas, whose names are letters, digits and underscores, and are quoted.
#pragma warning disable CA2100
        await using (NpgsqlCommand delete = new($"DELETE FROM {table.Name} WHERE {condition} RETURNING id, received{period}", connection))
#pragma warning restore CA2100
        {
            delete.Parameters.AddRange(values);
            await using NpgsqlDataReader rows = await delete.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                gone.Add((
                    rows.GetInt64(0), rows.GetString(1)[..StoredTime.DayLength], period.Length == 0 || rows.IsDBNull(2) ? null : rows.GetString(2)));
            }
        }

        if (gone.Count > 0)
        {
            await DeleteEntriesAsync(connection, table, gone.Select(report => report.Id));
            await CountAsync(connection, table, gone.SelectMany(report => new[] { report.Day, report.Period }).OfType<string>());
        }

        return gone.Count;
    }

    private static Task<int> DeleteEntriesAsync(NpgsqlConnection connection, ReportTable table, IEnumerable<long> ids) =>
        SqlCommands.RunAsync(
            connection,
            "DELETE FROM report_values WHERE product = $1 AND report_id = ANY ($2)",
            Arrays.Of(table.Product),
            Arrays.Of([.. ids], id => (long?)id));

    private static async Task CountAsync(NpgsqlConnection connection, ReportTable table, IEnumerable<string> spans)
    {
        foreach (IGrouping<string, string> span in spans.GroupBy(span => span).OrderBy(span => span.Key, StringComparer.Ordinal))
        {
            await SqlCommands.RunAsync(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"UPDATE report_spans SET went = went + {span.Count()} WHERE product = $1 AND span = $2"),
                table.Product,
                span.Key);
        }
    }
}
