using System.Data.Common;

namespace UsageReporting.Server.Sql;

/// <summary>Reads the counters of packages.</summary>
internal static class PackageQueries
{
    private const string Counters =
        "SELECT package, total, last_30_days, automatic_total, automatic_last_30_days, last_installed_at FROM package_counters";

    public static async Task<PackageDetails> FindAsync(DbConnection connection, string package, string currency)
    {
        PackageInstalls installs = (await SqlRows.ReadAsync(connection, $"{Counters} WHERE package = @1", [package], ReadInstalls))
            .SingleOrDefault() ?? new PackageInstalls(package, 0, 0, 0, 0, null);
        List<PackageMonth> monthly = await SqlRows.ReadAsync(
            connection,
            "SELECT month, installs, automatic FROM package_months WHERE package = @1 ORDER BY month",
            [package],
            row => new PackageMonth(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
        return new PackageDetails(installs, monthly, await CurrencyAsync(connection, currency));
    }

    public static async Task<PackageList> ListAsync(DbConnection connection, PackageOrder order, int skip, int take, string currency)
    {
        string first = order == PackageOrder.Installs ? "total DESC, package" : "package";
        List<PackageInstalls> packages = await SqlRows.ReadAsync(
            connection, FormattableString.Invariant($"{Counters} ORDER BY {first} LIMIT {take} OFFSET {skip}"), [], ReadInstalls);
        long total = (await SqlRows.ReadAsync(connection, "SELECT count(*) FROM package_counters", [], row => row.GetInt64(0))).Single();
        return new PackageList(packages, total, await CurrencyAsync(connection, currency));
    }

    // How an engine knows which installs are in the counters is its own.
    private static async Task<CounterCurrency> CurrencyAsync(DbConnection connection, string sql) =>
        (await SqlRows.ReadAsync(connection, sql, [], row => new CounterCurrency(ReadTime(row, 0), row.GetInt64(1)))).Single();

    private static PackageInstalls ReadInstalls(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), ReadTime(row, 5));

    private static DateTimeOffset? ReadTime(DbDataReader row, int column) =>
        !row.IsDBNull(column) && DateField.TryRead(row.GetString(column), out DateTimeOffset time) ? time : null;
}
