using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using UsageReporting.Server;
using UsageReporting.Server.DependencyInjection;
using UsageReporting.Server.Downloads;
using UsageReporting.Server.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a server count installs of packages.</summary>
public static class PackageServerBuilderExtensions
{
    /// <summary>
    /// Counts the installs that package managers notify the server of, in the same database as the reports. Which packages
    /// count is said by <see cref="DownloadsOptions.Packages"/>, or by an <see cref="IPackageCatalog"/> among the services.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Sets options.</param>
    public static UsageReportingServerBuilder AddDownloads(
        this UsageReportingServerBuilder builder, Action<DownloadsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        IServiceCollection services = builder.Services;
        services.AddOptionsWithValidateOnStart<DownloadsOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<DownloadsOptions>, DownloadsOptionsValidator>());
        services.Configure<UsageReportingServerOptions>(options => options.CountsDownloads = true);
        services.TryAddSingleton<IPackageCatalog, PatternCatalog>();
        services.TryAddSingleton<PackageRollupSignal>();
        services.TryAddSingleton<DownloadMetrics>();
        services.TryAddSingleton<DownloadIntake>();
        services.TryAddSingleton<PackageEndpoints>();
        services.TryAddSingleton(provider => new PackageCounters(
            provider.GetRequiredService<IPackageStore>(),
            provider.GetRequiredService<IPackageCatalog>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PackageRollupJob>();
        return builder;
    }
}
