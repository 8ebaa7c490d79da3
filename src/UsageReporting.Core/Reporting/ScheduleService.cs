using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace UsageReporting.Core.Reporting;

/// <summary>Looks whether a report is due: five minutes after the host's start, then every hour.</summary>
internal sealed class ScheduleService(IServiceProvider services, TimeProvider time, ILogger logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan wait = ClientLimits.FirstCheck;
        while (true)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(false);
            wait = ClientLimits.LaterChecks;
            try
            {
                await services.GetRequiredService<UsageSchedule>().CheckAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A background service that throws stops the host.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.ReportFailed(logger, e.GetType().Name);
            }
        }
    }
}
