using UsageReporting;

namespace ScheduledWebApp;

/// <summary>Counts the hours that the application runs, each when it is over.</summary>
internal sealed class UptimeCounter(UsageTallies tallies, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        UsageTally hours = tallies.Of(FleetUsage.Hours);
        using PeriodicTimer timer = new(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            hours.Add();
        }
    }
}
