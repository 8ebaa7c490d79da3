using System.Data.Common;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Sql;

/// <summary>Reads the numbers of windows. What it reads does not grow with the reports.</summary>
internal static class RollupReader
{
    private const string Within = """r.product = @1 AND r.interval = @2 AND r."window" BETWEEN @3 AND @4""";

    // The values of what stands before this.
    private const int Range = 4;

    public static async Task<IReadOnlyList<KeptRollup>> ReadAsync(
        DbConnection connection, Product product, UsageWindow from, UsageWindow to, string? name)
    {
        string[] range = [product.Name, SqlNames.Interval(from.Kind), from.ToString(), to.ToString()];
        // The versions of a word are read with the words.
        string[] named = name is null ? range : [.. range, name, FieldRollup.FieldOf(name)];
        IReadOnlyDictionary<string, DateTimeOffset?> publicSince = await ReadPublicSinceAsync(connection, product);
        IReadOnlySet<string> hidden = await OperatorSql.ReadHiddenAsync(connection, product);
        bool WasPublic(string field, string window) => !hidden.Contains(field) && (
            !publicSince.TryGetValue(field, out DateTimeOffset? since) || since <= Window(window).Start);

        ILookup<string, FieldRollup> fields = await ReadFieldsAsync(connection, named, WasPublic);
        ILookup<string, PairRollup> pairs = await ReadPairsAsync(connection, named, WasPublic);
        return await SqlRows.ReadAsync(
            connection,
            $"""SELECT "window", installs, held, made, ephemeral FROM rollups AS r WHERE {Within} ORDER BY "window" """,
            range,
            row => new KeptRollup(
                new Rollup(
                    Window(row.GetString(0)), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt64(2), [.. fields[row.GetString(0)]])
                {
                    Ephemeral = row.IsDBNull(4) ? null : row.GetInt64(4),
                    Pairs = [.. pairs[row.GetString(0)]],
                },
                Time(row.GetString(3))));
    }

    private static async Task<ILookup<string, FieldRollup>> ReadFieldsAsync(
        DbConnection connection, string[] named, Func<string, string, bool> wasPublic)
    {
        ILookup<(string Window, string Name), Cell> cells = (await SqlRows.ReadAsync(
            connection,
            Joined("rollup_values", "field", "value, f.installs", "f.installs DESC, f.value", named),
            named,
            row => (Key: Key(row), Cell: new Cell(row.GetString(2), row.GetInt64(3))))).ToLookup(row => row.Key, row => row.Cell);
        ILookup<(string Window, string Name), Quartiles> quartiles = (await SqlRows.ReadAsync(
            connection,
            Joined("rollup_quartiles", "field", "word, f.installs, f.lower, f.median, f.upper", "f.installs DESC, f.word", named),
            named,
            row => (
                Key: Key(row),
                Of: new Quartiles(row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)))))
            .ToLookup(row => row.Key, row => row.Of);
        return (await SqlRows.ReadAsync(
            connection,
            Joined("rollup_fields", "field", "small_values, f.small_installs", "f.field", named),
            named,
            row => (Window: row.GetString(0), Field: new FieldRollup(
                row.GetString(1), [.. cells[Key(row)]], row.GetInt64(2), row.GetInt64(3), [.. quartiles[Key(row)]])
            {
                WasPublic = wasPublic(FieldRollup.FieldOf(row.GetString(1)), row.GetString(0)),
            })))
            .ToLookup(row => row.Window, row => row.Field);
    }

    private static async Task<ILookup<string, PairRollup>> ReadPairsAsync(
        DbConnection connection, string[] named, Func<string, string, bool> wasPublic) => (await SqlRows.ReadAsync(
            connection,
            Joined("rollup_pairs", "pair", "row_value, f.column_value, f.installs", "f.installs DESC, f.row_value, f.column_value", named),
            named,
            row => (Key: Key(row), Cell: new PairCell(row.GetString(2), row.GetString(3), row.GetInt64(4)))))
            .GroupBy(row => row.Key, row => row.Cell)
            .ToLookup(pair => pair.Key.Window, pair => new PairRollup(pair.Key.Name, [.. pair])
            {
                WasPublic = pair.Key.Name.Split(',').All(field => wasPublic(field, pair.Key.Window)),
            });

    /// <summary>Since when each field is published, as it was noted last; null while it is not.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset?>> ReadPublicSinceAsync(DbConnection connection, Product product) =>
        (await SqlRows.ReadAsync(
            connection,
            "SELECT field, since FROM published_fields WHERE product = @1",
            [product.Name],
            row => KeyValuePair.Create(row.GetString(0), row.IsDBNull(1) ? (DateTimeOffset?)null : Time(row.GetString(1)))))
        .ToDictionary(StringComparer.Ordinal);

    public static async Task<IReadOnlyList<RollupState>> ReadStatesAsync(DbConnection connection, Product product) => await SqlRows.ReadAsync(
        connection,
        """SELECT "window", came, went, made FROM rollups WHERE product = @1""",
        [product.Name],
        row => new RollupState(
            Window(row.GetString(0)), new ReportChanges(row.GetInt64(1), row.GetInt64(2)), Time(row.GetString(3))));

    public static async Task<IReadOnlyList<ReportSpan>> ReadSpansAsync(DbConnection connection, Product product) => await SqlRows.ReadAsync(
        connection,
        "SELECT span, first_id, last_id, came, went, gone FROM report_spans WHERE product = @1",
        [product.Name],
        row => new ReportSpan(
            row.GetString(0),
            row.GetInt64(1),
            row.GetInt64(2),
            new ReportChanges(row.GetInt64(3), row.GetInt64(4)),
            row.GetInt64(5) == 1));

    /// <summary>Ids of installations that were last heard of before a time, a portion of them in their order.</summary>
    public static async Task<IReadOnlyList<string>> ReadSilentAsync(
        DbConnection connection, Product product, string after, DateTimeOffset before) => await SqlRows.ReadAsync(
            connection,
            $"""
            SELECT id FROM installations WHERE product = @1 AND id > @2 AND last_seen < @3
            ORDER BY id LIMIT {ServerLimits.DeletedTogether}
            """,
            [product.Name, after, DateField.Write(before)],
            row => row.GetString(0));

    // Window by window, so that one field of many windows is looked up and not searched for: SQLite keeps the order of what is
    // joined so.
    private static string Joined(string table, string key, string columns, string order, string[] named) =>
        $"""
        SELECT r."window", f.{key}, f.{columns} FROM rollups AS r CROSS JOIN {table} AS f
        WHERE f.product = r.product AND f.interval = r.interval AND f."window" = r."window"
            AND {Within} {(named.Length > Range ? $"AND f.{key} IN (@5, @6)" : "")} ORDER BY r."window", {order}
        """;

    private static (string Window, string Name) Key(DbDataReader row) => (row.GetString(0), row.GetString(1));

    private static UsageWindow Window(string name) =>
        UsageWindow.TryParse(name, out UsageWindow window) ? window : throw new InvalidOperationException($"\"{name}\" is no window.");

    private static DateTimeOffset Time(string text) =>
        DateField.TryRead(text, out DateTimeOffset time) ? time : throw new InvalidOperationException($"\"{text}\" is no time.");
}
