using Microsoft.Extensions.Hosting;

namespace UsageReporting.Runs;

/// <summary>Reports as the schedule does, without waiting for the five minutes.</summary>
internal sealed class ReportingNow(UsageSchedule schedule) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => schedule.TriggerAsync(stoppingToken);
}
