using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using UsageReporting.Server;
using UsageReporting.Server.DependencyInjection;
using UsageReporting.Server.Ingest;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the server for usage reports to a host.</summary>
public static class UsageReportingServerServiceCollectionExtensions
{
    /// <summary>
    /// Adds the server; <c>AddProduct</c> and <c>UseSqlite</c> on what this returns say whose reports it receives and
    /// where they are stored. Mistakes are found when the host starts, all of them at once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    public static UsageReportingServerBuilder AddUsageReportingServer(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddOptionsWithValidateOnStart<UsageReportingServerOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<UsageReportingServerOptions>, UsageReportingServerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics().TryAddSingleton<IngestMetrics>();
        // Those of the monitor are the options that the host's start validates; IOptions makes a second instance.
        services.TryAddSingleton(provider => provider
            .GetRequiredService<IOptionsMonitor<UsageReportingServerOptions>>().CurrentValue.LoadProducts(out _));
        return new UsageReportingServerBuilder(services);
    }
}
