using Npgsql;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>
/// Moves installs into the counters and out again: each is added once, which its own row remembers, and taken from the last 30
/// days once, when the edge of those passes its time. The row of <c>package_rollup</c> is locked meanwhile, so that of several
/// servers one at a time does it.
/// </summary>
internal static class PackageRollupSql
{
    // Not by its number, as in an engine with one writer: a lower number may be committed after a higher one.
    private const string Add = """
        WITH moved AS (
            UPDATE package_installs SET is_counted = 1 WHERE (bucket, hash) IN (
                SELECT bucket, hash FROM package_installs WHERE is_counted = 0 ORDER BY received LIMIT $2)
            RETURNING package, received, is_automatic
        ), months AS (
            INSERT INTO package_months (package, month, installs, automatic)
            SELECT package, substr(received, 1, 7), sum(1 - is_automatic), sum(is_automatic) FROM moved GROUP BY 1, 2
            ON CONFLICT (package, month) DO UPDATE SET
                installs = package_months.installs + excluded.installs,
                automatic = package_months.automatic + excluded.automatic
        ), counters AS (
            INSERT INTO package_counters
                (package, total, last_30_days, automatic_total, automatic_last_30_days, last_installed_at)
            SELECT
                package,
                sum(1 - is_automatic),
                sum(CASE WHEN received > $1 THEN 1 - is_automatic ELSE 0 END),
                sum(is_automatic),
                sum(CASE WHEN received > $1 THEN is_automatic ELSE 0 END),
                max(CASE WHEN is_automatic = 0 THEN received END)
            FROM moved GROUP BY package
            ON CONFLICT (package) DO UPDATE SET
                total = package_counters.total + excluded.total,
                last_30_days = package_counters.last_30_days + excluded.last_30_days,
                automatic_total = package_counters.automatic_total + excluded.automatic_total,
                automatic_last_30_days = package_counters.automatic_last_30_days + excluded.automatic_last_30_days,
                last_installed_at = greatest(package_counters.last_installed_at, excluded.last_installed_at)
        )
        SELECT count(*) FROM moved
        """;

    private const string Middle = """
        SELECT received FROM package_installs WHERE received > $1 AND received <= $2 ORDER BY received LIMIT 1 OFFSET $3
        """;

    private const string MoveEdge = """
        UPDATE package_counters SET
            last_30_days = last_30_days + $3 * passed.installs,
            automatic_last_30_days = automatic_last_30_days + $3 * passed.automatic
        FROM (
            SELECT package, sum(1 - is_automatic)::BIGINT AS installs, sum(is_automatic)::BIGINT AS automatic
            FROM package_installs WHERE received > $1 AND received <= $2 AND is_counted = 1 GROUP BY package
        ) AS passed
        WHERE passed.package = package_counters.package
        """;

    private const string Prune = """
        DELETE FROM package_installs WHERE (bucket, hash) IN (
            SELECT bucket, hash FROM package_installs WHERE received <= least($1, $2) AND is_counted = 1
            ORDER BY received LIMIT $3)
        """;

    /// <summary>Goes on with the rollup, by so many installs that others do not wait long for it.</summary>
    public static async Task<PackageRollupStep> StepAsync(NpgsqlConnection connection, DateTimeOffset now)
    {
        string edge = (string)(await SqlCommands.ScalarAsync(connection, "SELECT edge FROM package_rollup WHERE id = 1 FOR UPDATE"))!;
        NpgsqlParameter most = Arrays.Of((long)ServerLimits.RollupInstalls);
        long counted = (long)(await SqlCommands.ScalarAsync(connection, Add, Arrays.Of(edge), most))!;

        string target = DateField.Write(now - ServerLimits.RecentInstalls);
        string reached = await MoveEdgeAsync(connection, edge, target);
        int pruned = await SqlCommands.RunAsync(
            connection,
            Prune,
            Arrays.Of(DateField.Write(now - ServerLimits.InstallsKept)),
            Arrays.Of(reached),
            Arrays.Of((long)ServerLimits.RollupInstalls));

        bool isLast = counted < ServerLimits.RollupInstalls && reached == target && pruned < ServerLimits.RollupInstalls;
        await SqlCommands.RunAsync(connection, "UPDATE package_rollup SET edge = $1", reached);
        if (isLast)
        {
            await SqlCommands.RunAsync(connection, "UPDATE package_rollup SET as_of = $1", DateField.Write(now));
        }

        return new PackageRollupStep(counted, pruned, isLast);
    }

    // The edge also moves back, with a clock that is set back: what it passes then counts again.
    private static async Task<string> MoveEdgeAsync(NpgsqlConnection connection, string edge, string target)
    {
        bool isForward = string.CompareOrdinal(edge, target) <= 0;
        string reached = isForward
            // How far the edge gets in one step, where that is not all of the way.
            ? (string?)await SqlCommands.ScalarAsync(
                connection, Middle, Arrays.Of(edge), Arrays.Of(target), Arrays.Of((long)ServerLimits.RollupInstalls)) ?? target
            : target;
        await SqlCommands.RunAsync(
            connection,
            MoveEdge,
            Arrays.Of(isForward ? edge : reached),
            Arrays.Of(isForward ? reached : edge),
            Arrays.Of(isForward ? -1L : 1));
        return reached;
    }
}
