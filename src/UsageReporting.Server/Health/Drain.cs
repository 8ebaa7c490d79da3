using Microsoft.Extensions.Hosting;

namespace UsageReporting.Server.Health;

/// <summary>
/// The time in which a server that is told to end still takes reports and says that it is not ready for more, so that
/// whoever shares them out among several servers sees it first.
/// </summary>
/// <param name="lifetime">Knows when it begins.</param>
/// <param name="length">How long it is.</param>
/// <param name="time">The clock.</param>
internal sealed class Drain(IHostApplicationLifetime lifetime, TimeSpan length, TimeProvider time) : IHostedLifecycleService
{
    private volatile bool _isLookedAt;
    private volatile bool _hasBegun;

    /// <summary>Whether it has begun, for somebody who shares requests out.</summary>
    public bool Look()
    {
        _isLookedAt = true;
        return _hasBegun || lifetime.ApplicationStopping.IsCancellationRequested;
    }

    /// <summary>Comes before anything is stopped. Where nobody ever looked, nobody is waited for.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped without a signal says so only afterwards.
        _hasBegun = true;
        return _isLookedAt ? Task.Delay(length, time, cancellationToken) : Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
