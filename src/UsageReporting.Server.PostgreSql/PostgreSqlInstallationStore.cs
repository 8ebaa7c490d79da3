using Microsoft.Extensions.Logging;
using UsageReporting.Server.Products;
using UsageReporting.Server.Sql;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.PostgreSql;

/// <summary>Gives back and erases installations, each in a transaction of its own.</summary>
internal sealed class PostgreSqlInstallationStore(
    PostgreSqlDatabase database, PostgreSqlErasures erasures, ILogger<PostgreSqlInstallationStore> logger) : IInstallationStore
{
    public Task<string?> FindErasureKeyAsync(Product product, string id) =>
        database.ReadAsync(connection => InstallationReader.FindErasureKeyAsync(connection, product, id));

    public Task<StoredInstallation?> ReadAsync(Product product, string id) =>
        database.ReadAsync(connection => InstallationReader.ReadAsync(
            connection, product, id, table => PostgreSqlTableSql.IsOf(table, "@1")));

    public Task<ErasureOutcome> EraseAsync(Product product, string id) => database.WriteAsync(
        connection => erasures.EraseAsync(connection, product, id),
        ErasureOutcome.Unavailable.Instance,
        e => Log.NotWritten(logger, e));
}
