using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace UsageReporting.Core.Recording;

/// <summary>Has a host count from its start on.</summary>
internal sealed class RecordingService(IServiceProvider services) : IHostedService
{
    // Not in the constructor: mistakes in the set-up are found between the two.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<TallyRecorder>();
        return Task.CompletedTask;
    }

    // What was counted is kept when the services are disposed, after all that still counts has stopped.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
