using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UsageReporting.Server;
using UsageReporting.Server.DependencyInjection;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Storage.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says whose reports a server receives and where it stores them.</summary>
public static class UsageReportingServerBuilderExtensions
{
    /// <summary>Adds a product. The first one is the default, which the view <c>reports</c> shows.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The product's name, as its schema has it.</param>
    /// <param name="schemaFile">
    /// The schema as JSON, as the application prints it; a relative path counts from the current directory.
    /// </param>
    public static UsageReportingServerBuilder AddProduct(
        this UsageReportingServerBuilder builder, string name, string schemaFile) =>
        builder.AddProduct(name, schemaFile, _ => { });

    /// <inheritdoc cref="AddProduct(UsageReportingServerBuilder, string, string)"/>
    /// <param name="builder">The server.</param>
    /// <param name="name">The product's name, as its schema has it.</param>
    /// <param name="schemaFile">The schema as JSON.</param>
    /// <param name="configure">Decides what holds for this product.</param>
    public static UsageReportingServerBuilder AddProduct(
        this UsageReportingServerBuilder builder, string name, string schemaFile, Action<UsageProductOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(schemaFile);
        ArgumentNullException.ThrowIfNull(configure);

        UsageProductOptions product = new();
        configure(product);
        builder.Services.Configure<UsageReportingServerOptions>(
            options => options.Products.Add(new ProductDeclaration(name, schemaFile)
            {
                HasPublicStatistics = product.PublicStatistics,
                AnswerStyle = product.AnswerStyle,
                ApiKey = product.ApiKey,
                ReportsPerHour = product.ReportsPerHour,
            }));
        return builder;
    }

    /// <summary>Stores the reports in a SQLite file.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="path">
    /// The file, which is created if it is missing; its folder is not. A relative path counts from the current directory.
    /// </param>
    public static UsageReportingServerBuilder UseSqlite(this UsageReportingServerBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);

        builder.Services.PostConfigure<UsageServerOptions>(
            options => options.DataDirectory ??= Path.GetDirectoryName(Path.GetFullPath(path)));
        builder.Services.AddSingleton<IValidateOptions<UsageReportingServerOptions>>(new SqliteFileValidator(path));
        return builder.UseEngine(
            $"SQLite ({path})",
            provider => new SqliteReportStore(
                path,
                provider.GetRequiredService<ProductCatalog>(),
                provider.GetRequiredService<StoreMetrics>(),
                provider.GetRequiredService<ILogger<SqliteReportStore>>()),
            provider => new SqliteRollupStore(path, provider.GetRequiredService<SqliteReportStore>()),
            provider => new SqliteInstallationStore(path, provider.GetRequiredService<SqliteReportStore>()),
            provider => new SqlitePackageStore(provider.GetRequiredService<SqliteReportStore>(), path),
            provider => new SqliteOperatorStore(path, provider.GetRequiredService<SqliteReportStore>()));
    }
}
