using Microsoft.Extensions.Logging;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Counts installs in the transactions of the reports, and moves them into counters in its own.</summary>
internal sealed class PostgreSqlPackageStore(
    PostgreSqlReportStore writer, PostgreSqlDatabase database, ILogger<PostgreSqlPackageStore> logger) : IPackageStore
{
    private const string Currency =
        "SELECT as_of, (SELECT count(*) FROM package_installs WHERE is_counted = 0) FROM package_rollup WHERE id = 1";

    public Task<int?> CountAsync(IncomingInstalls installs) => writer.Enqueue(new PendingInstalls(installs));

    public Task<PackageRollupStep?> RollUpAsync(DateTimeOffset now) => database.WriteAsync<PackageRollupStep?>(
        async connection => await PackageRollupSql.StepAsync(connection, now), refused: null, e => Log.NotWritten(logger, e));

    public Task<PackageDetails> FindAsync(string package) =>
        database.ReadAsync(connection => PackageQueries.FindAsync(connection, package, Currency));

    public Task<PackageList> ListAsync(PackageOrder order, int skip, int take) =>
        database.ReadAsync(connection => PackageQueries.ListAsync(connection, order, skip, take, Currency));
}
