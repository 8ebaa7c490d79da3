using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Installations;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.DependencyInjection;

/// <summary>What every storage engine is registered with.</summary>
internal static class StorageEngineExtensions
{
    public static UsageReportingServerBuilder UseEngine<TReports, TRollups>(
        this UsageReportingServerBuilder builder,
        string name,
        Func<IServiceProvider, TReports> reports,
        Func<IServiceProvider, TRollups> rollups,
        Func<IServiceProvider, IInstallationStore> installations,
        Func<IServiceProvider, IPackageStore> packages)
        where TReports : class, IReportStore, IHostedService
        where TRollups : class, IRollupStore, IRetentionStore
    {
        IServiceCollection services = builder.Services;
        services.Configure<UsageReportingServerOptions>(options => options.Engines.Add(name));
        services.AddSingleton(reports);
        services.AddSingleton<IReportStore>(provider => provider.GetRequiredService<TReports>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TReports>());
        services.AddSingleton(rollups);
        services.AddSingleton<IRollupStore>(provider => provider.GetRequiredService<TRollups>());
        services.AddSingleton<IRetentionStore>(provider => provider.GetRequiredService<TRollups>());
        services.AddSingleton(installations);
        services.AddSingleton(packages);
        // Started after the store, and ended before it.
        services.AddHostedService(provider => provider.GetRequiredService<ReceiptKey>());
        services.AddHostedService<RollupService>();
        services.AddHostedService<AnomalyWatch>();
        services.AddHostedService<DashboardWarmUp>();
        return builder;
    }
}
