using UsageReporting.Server;

namespace ReferenceServer;

/// <summary>Answers <see cref="AggregateRequest"/> in the running server.</summary>
internal sealed class AggregateService(AggregateRequest request, PackageCounters counters) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => request.ServeAsync(counters, stoppingToken);
}
