using Microsoft.Extensions.DependencyInjection;

namespace UsageReporting;

/// <summary>Adds collectors and sinks to usage reporting.</summary>
public sealed class UsageReportingBuilder
{
    internal UsageReportingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }
}
