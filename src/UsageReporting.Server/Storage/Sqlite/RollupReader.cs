using Microsoft.Data.Sqlite;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads the numbers of windows. What it reads does not grow with the reports.</summary>
internal static class RollupReader
{
    private const string Within = "r.product = $1 AND r.interval = $2 AND r.window BETWEEN $3 AND $4";

    public static IReadOnlyList<KeptRollup> Read(
        SqliteConnection connection, Product product, UsageWindow from, UsageWindow to, string? field)
    {
        string[] range = [product.Name, SqliteNames.Interval(from.Kind), from.ToString(), to.ToString()];
        string[] rangeOfField = [.. range, field ?? ""];
        ILookup<(string Window, string Field), Cell> cells = Rows(
            connection,
            Joined("rollup_values", "value, f.installs", "f.installs DESC, f.value", field),
            rangeOfField,
            row => (Key(row), new Cell(row.GetString(2), row.GetInt64(3)))).ToLookup(row => row.Item1, row => row.Item2);
        ILookup<(string Window, string Field), Quartiles> quartiles = Rows(
            connection,
            Joined("rollup_quartiles", "word, f.installs, f.lower, f.median, f.upper", "f.installs DESC, f.word", field),
            rangeOfField,
            row => (Key(row), new Quartiles(row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6))))
            .ToLookup(row => row.Item1, row => row.Item2);
        ILookup<string, FieldRollup> fields = Rows(
            connection,
            Joined("rollup_fields", "small_values, f.small_installs", "f.field", field),
            rangeOfField,
            row => (Window: row.GetString(0), Field: new FieldRollup(
                row.GetString(1), [.. cells[Key(row)]], row.GetInt64(2), row.GetInt64(3), [.. quartiles[Key(row)]])))
            .ToLookup(row => row.Window, row => row.Field);
        return Rows(
            connection,
            $"SELECT window, installs, held, made, ephemeral FROM rollups AS r WHERE {Within} ORDER BY window",
            range,
            row => new KeptRollup(
                new Rollup(
                    Window(row.GetString(0)), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt64(2), [.. fields[row.GetString(0)]])
                {
                    Ephemeral = row.IsDBNull(4) ? null : row.GetInt64(4),
                },
                Time(row.GetString(3))));
    }

    public static IReadOnlyList<RollupState> ReadStates(SqliteConnection connection, Product product) => Rows(
        connection,
        "SELECT window, came, went, made FROM rollups WHERE product = $1",
        [product.Name],
        row => new RollupState(
            Window(row.GetString(0)), new ReportChanges(row.GetInt64(1), row.GetInt64(2)), Time(row.GetString(3))));

    public static IReadOnlyList<ReportSpan> ReadSpans(SqliteConnection connection, Product product) => Rows(
        connection,
        "SELECT span, first_id, last_id, came, went, gone FROM report_spans WHERE product = $1",
        [product.Name],
        row => new ReportSpan(
            row.GetString(0),
            row.GetInt64(1),
            row.GetInt64(2),
            new ReportChanges(row.GetInt64(3), row.GetInt64(4)),
            row.GetInt64(5) == 1));

    /// <summary>Ids of installations that were last heard of before a time, a portion of them in their order.</summary>
    public static IReadOnlyList<string> ReadSilent(SqliteConnection connection, Product product, string after, DateTimeOffset before) =>
        Rows(
            connection,
            $"""
            SELECT id FROM installations WHERE product = $1 AND id > $2 AND last_seen < $3
            ORDER BY id LIMIT {ServerLimits.DeletedTogether}
            """,
            [product.Name, after, DateField.Write(before)],
            row => row.GetString(0));

    // Window by window, so that one field of many windows is looked up and not searched for.
    private static string Joined(string table, string columns, string order, string? field) =>
        $"""
        SELECT r.window, f.field, f.{columns} FROM rollups AS r
        CROSS JOIN {table} AS f ON f.product = r.product AND f.interval = r.interval AND f.window = r.window
        WHERE {Within} {(field is null ? "" : "AND f.field = $5")} ORDER BY r.window, {order}
        """;

    private static List<T> Rows<T>(SqliteConnection connection, string sql, string[] values, Func<SqliteDataReader, T> read)
    {
        using SqliteCommand command = SqliteText.Command(connection, sql, values);
        using SqliteDataReader rows = command.ExecuteReader();
        List<T> all = [];
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    private static (string Window, string Field) Key(SqliteDataReader row) => (row.GetString(0), row.GetString(1));

    private static UsageWindow Window(string name) =>
        UsageWindow.TryParse(name, out UsageWindow window) ? window : throw new InvalidOperationException($"\"{name}\" is no window.");

    private static DateTimeOffset Time(string text) =>
        DateField.TryRead(text, out DateTimeOffset time) ? time : throw new InvalidOperationException($"\"{text}\" is no time.");
}
