using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UsageReporting.Server;
using UsageReporting.Server.Access;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.DependencyInjection;
using UsageReporting.Server.Health;
using UsageReporting.Server.Ingest;
using UsageReporting.Server.Installations;
using UsageReporting.Server.Metrics;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the server for usage reports to a host.</summary>
public static class UsageReportingServerServiceCollectionExtensions
{
    private const string KeyFolder = "keys";
    private const string ReceiptKeyFile = "receipts.pem";

    /// <summary>
    /// Adds the server; <c>AddProduct</c> and <c>UseSqlite</c> on what this returns say whose reports it receives and
    /// where they are stored. Mistakes are found when the host starts, all of them at once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    public static UsageReportingServerBuilder AddUsageReportingServer(this IServiceCollection services) =>
        services.AddUsageReportingServer(_ => { });

    /// <inheritdoc cref="AddUsageReportingServer(IServiceCollection)"/>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Decides what holds for all products.</param>
    public static UsageReportingServerBuilder AddUsageReportingServer(
        this IServiceCollection services, Action<UsageServerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.Configure(configure);
        services.AddOptionsWithValidateOnStart<UsageReportingServerOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<UsageReportingServerOptions>, UsageReportingServerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics().TryAddSingleton<IngestMetrics>();
        services.TryAddSingleton<StoreMetrics>();
        services.TryAddSingleton<RollupMetrics>();
        services.TryAddSingleton<RollupRuns>();
        services.TryAddSingleton<MetricRecorder>();
        services.TryAddSingleton<KeyDoor>();
        services.TryAddSingleton<MetricsEndpoint>();
        // Those of the monitor are the options that the host's start validates; IOptions makes a second instance.
        services.TryAddSingleton(provider => provider
            .GetRequiredService<IOptionsMonitor<UsageReportingServerOptions>>().CurrentValue.LoadProducts(out _));
        services.TryAddSingleton(provider =>
        {
            UsageServerOptions options = provider.GetRequiredService<IOptions<UsageServerOptions>>().Value;
            return new NetworkGate(
                options.NewInstallationsOfNetwork, options.ReportsOfNetwork, provider.GetRequiredService<TimeProvider>());
        });
        services.TryAddSingleton(provider => new RateGate(
            provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.RequestsOfNetworkPerMinute,
            TimeSpan.FromMinutes(1),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new UsageKeys(
            Path.Combine(provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.DataDirectory ?? "", KeyFolder),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new KeyRing(
            provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.AdminKey,
            provider.GetRequiredService<ProductCatalog>(),
            provider.GetRequiredService<UsageKeys>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyRing>>()));
        services.TryAddSingleton(provider => new ReceiptKey(
            Path.Combine(provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.DataDirectory ?? "", ReceiptKeyFile)));
        services.TryAddSingleton(provider => new Drain(
            provider.GetRequiredService<IHostApplicationLifetime>(),
            TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.DrainSeconds),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IHostedService, Drain>(provider => provider.GetRequiredService<Drain>()));
        // What the host grants to unfinished requests comes after the time in which more of them are taken.
        services.AddOptions<HostOptions>().PostConfigure<IOptions<UsageServerOptions>>(
            (host, server) => host.ShutdownTimeout += TimeSpan.FromSeconds(server.Value.DrainSeconds));
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<ProofChecker>();
        services.TryAddSingleton<InstallationEndpoints>();
        services.TryAddSingleton(provider =>
        {
            UsageServerOptions options = provider.GetRequiredService<IOptions<UsageServerOptions>>().Value;
            return new UnnamedProxy(
                options.RequestsOfNetworkPerMinute is not null || options.ReportsOfNetwork is not null,
                provider.GetRequiredService<ILogger<UnnamedProxy>>());
        });
        services.TryAddSingleton<StatisticsReader>();
        services.TryAddSingleton<RollingReader>();
        services.TryAddSingleton<AnomalyReader>();
        services.TryAddSingleton<StatisticsEndpoints>();
        services.TryAddSingleton<BadgeEndpoint>();
        services.TryAddSingleton(provider => new Webhook(
            provider.GetRequiredService<IOptions<UsageServerOptions>>().Value.Webhook,
            provider.GetRequiredService<ILogger<Webhook>>()));
        services.TryAddSingleton<DashboardReader>();
        services.TryAddSingleton(provider => new DashboardFiles(
            provider.GetRequiredService<DashboardReader>(),
            provider.GetRequiredService<StatisticsReader>(),
            provider.GetRequiredService<ReceiptKey>(),
            provider.GetService<PackageCounters>()));
        services.TryAddSingleton<DashboardEndpoints>();
        services.TryAddSingleton(provider => new UsageStatistics(
            provider.GetRequiredService<ProductCatalog>(),
            provider.GetRequiredService<StatisticsReader>(),
            provider.GetRequiredService<DashboardFiles>()));
        return new UsageReportingServerBuilder(services);
    }
}
