using UsageReporting.Server;

namespace ReferenceServer;

/// <summary>Answers <see cref="AggregateRequest"/> in the running server.</summary>
internal sealed partial class AggregateService(
    AggregateRequest request, PackageCounters counters, ILogger<AggregateService> logger)
    : BackgroundService
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await request.ServeAsync(counters, stoppingToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else's file, or a disk in trouble: reports are taken all the same.
                LogFailed(e);
                await Task.Delay(AgainAfter, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The file that asks for counters could not be deleted. It is tried again soon.")]
    private partial void LogFailed(Exception exception);
}
