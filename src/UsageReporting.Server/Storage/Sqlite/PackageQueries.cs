using Microsoft.Data.Sqlite;

namespace UsageReporting.Server.Storage.Sqlite;

/// <summary>Reads the counters of packages.</summary>
internal static class PackageQueries
{
    private const string Counters =
        "SELECT package, total, last_30_days, automatic_total, automatic_last_30_days, last_installed_at FROM package_counters";

    public static PackageDetails Find(SqliteConnection connection, string package)
    {
        PackageInstalls installs = Rows(connection, $"{Counters} WHERE package = $1", ReadInstalls, package).SingleOrDefault()
            ?? new PackageInstalls(package, 0, 0, 0, 0, null);
        List<PackageMonth> monthly = Rows(
            connection,
            "SELECT month, installs, automatic FROM package_months WHERE package = $1 ORDER BY month",
            row => new PackageMonth(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            package);
        return new PackageDetails(installs, monthly, Currency(connection));
    }

    public static PackageList List(SqliteConnection connection, PackageOrder order, int skip, int take)
    {
        string first = order == PackageOrder.Installs ? "total DESC, package" : "package";
        List<PackageInstalls> packages = Rows(
            connection, FormattableString.Invariant($"{Counters} ORDER BY {first} LIMIT {take} OFFSET {skip}"), ReadInstalls);
        long total = Rows(connection, "SELECT count(*) FROM package_counters", row => row.GetInt64(0)).Single();
        return new PackageList(packages, total, Currency(connection));
    }

    private static CounterCurrency Currency(SqliteConnection connection) => Rows(
        connection,
        "SELECT as_of, coalesce((SELECT max(id) FROM package_installs), 0) - counted_to FROM package_rollup",
        row => new CounterCurrency(ReadTime(row, 0), row.GetInt64(1))).Single();

    private static PackageInstalls ReadInstalls(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), ReadTime(row, 5));

    private static DateTimeOffset? ReadTime(SqliteDataReader row, int column) =>
        !row.IsDBNull(column) && DateField.TryRead(row.GetString(column), out DateTimeOffset time) ? time : null;

    private static List<T> Rows<T>(
        SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<string> values)
    {
        using SqliteCommand command = SqliteText.Command(connection, sql, values);
        using SqliteDataReader rows = command.ExecuteReader();
        List<T> found = [];
        while (rows.Read())
        {
            found.Add(read(rows));
        }

        return found;
    }
}
