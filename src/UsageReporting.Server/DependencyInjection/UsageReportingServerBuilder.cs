using Microsoft.Extensions.DependencyInjection;

namespace UsageReporting.Server;

/// <summary>What <c>AddUsageReportingServer</c> returns: products and an engine are added to it.</summary>
public sealed class UsageReportingServerBuilder
{
    internal UsageReportingServerBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }
}
