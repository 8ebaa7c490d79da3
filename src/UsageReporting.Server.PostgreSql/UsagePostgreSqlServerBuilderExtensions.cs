using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UsageReporting.Server;
using UsageReporting.Server.DependencyInjection;
using UsageReporting.Server.PostgreSql;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a server store in PostgreSQL.</summary>
public static class UsagePostgreSqlServerBuilderExtensions
{
    private const string Marks = "usage";

    /// <summary>
    /// Stores the reports in PostgreSQL, in a database that several servers may use. Its tables are made when the first server
    /// starts. <see cref="UsageServerOptions.DataDirectory"/> has to be set: some things do not belong into a database.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="connectionString">As Npgsql reads it, such as <c>Host=db.example.org;Username=usage;Database=usage</c>.</param>
    public static UsageReportingServerBuilder UsePostgreSql(this UsageReportingServerBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        IServiceCollection services = builder.Services;
        services.AddSingleton<IValidateOptions<UsageReportingServerOptions>>(
            provider => new PostgreSqlValidator(connectionString, provider.GetRequiredService<IOptions<UsageServerOptions>>()));
        services.AddSingleton(_ => new PostgreSqlDatabase(connectionString));
        services.AddSingleton(provider => new PostgreSqlErasures(
            new Tombstones(Path.Combine(provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.DataDirectory ?? "", Marks)),
            provider.GetRequiredService<ProductCatalog>()));
        return builder.UseEngine(
            "PostgreSQL",
            provider => new PostgreSqlReportStore(
                provider.GetRequiredService<PostgreSqlDatabase>(),
                provider.GetRequiredService<PostgreSqlErasures>(),
                provider.GetRequiredService<ProductCatalog>(),
                provider.GetRequiredService<StoreMetrics>(),
                provider.GetRequiredService<ILogger<PostgreSqlReportStore>>()),
            provider => new PostgreSqlRollupStore(
                provider.GetRequiredService<PostgreSqlDatabase>(),
                provider.GetRequiredService<PostgreSqlErasures>(),
                provider.GetRequiredService<ILogger<PostgreSqlRollupStore>>()),
            provider => new PostgreSqlInstallationStore(
                provider.GetRequiredService<PostgreSqlDatabase>(),
                provider.GetRequiredService<PostgreSqlErasures>(),
                provider.GetRequiredService<ILogger<PostgreSqlInstallationStore>>()),
            provider => new PostgreSqlPackageStore(
                provider.GetRequiredService<PostgreSqlReportStore>(),
                provider.GetRequiredService<PostgreSqlDatabase>(),
                provider.GetRequiredService<ILogger<PostgreSqlPackageStore>>()),
            provider => new PostgreSqlOperatorStore(
                provider.GetRequiredService<PostgreSqlDatabase>(), provider.GetRequiredService<ILogger<PostgreSqlOperatorStore>>()));
    }
}
