using Microsoft.Extensions.Options;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Downloads;

/// <summary>Keeps the counters of packages at most a second behind.</summary>
internal sealed class PackageRollupJob(
    PackageCounters counters, PackageRollupSignal signal, IOptions<DownloadsOptions> options, TimeProvider time)
    : DatabaseJob
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.RollUpInBackground)
        {
            return;
        }

        using PeriodicTimer timer = new(ServerLimits.RollupEvery, time);
        long last = time.GetTimestamp();
        bool hasFailed = false;
        do
        {
            if (PackageRollupSchedule.IsDue(time.GetElapsedTime(last), signal.IsSet, hasFailed))
            {
                signal.Clear();
                hasFailed = await counters.RollUpAsync(stoppingToken) is null;
                last = time.GetTimestamp();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
