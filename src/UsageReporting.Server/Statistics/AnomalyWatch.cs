using Microsoft.Extensions.Logging;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Tells the log and the webhook of anomalies, and the webhook of each new week. What was known when the server started is
/// not told again.
/// </summary>
internal sealed class AnomalyWatch(
    ProductCatalog catalog,
    StatisticsReader statistics,
    AnomalyReader anomalies,
    Webhook webhook,
    TimeProvider time,
    ILogger<AnomalyWatch> logger) : DatabaseJob
{
    private readonly HashSet<(string Product, string What)> _told = [];
    private readonly DateTimeOffset _since = time.GetUtcNow();

    /// <summary>Tells what is new.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (Product product in catalog.Products)
        {
            foreach (Anomaly anomaly in await anomalies.ReadAsync(product))
            {
                if (anomaly.Made > _since && _told.Add((product.Name, anomaly.When)))
                {
                    Log.AnomalyFound(logger, product.Name, anomaly.When, anomaly.Number, anomaly.Expected);
                    await webhook.TellAsync(
                        product.Name,
                        "anomaly",
                        FormattableString.Invariant($"{product.Name}, {anomaly.When}: {anomaly.Number}, where {anomaly.Expected} were expected."),
                        cancellationToken);
                }
            }

            Summary summary = await statistics.ReadSummaryAsync(product);
            if (summary.AsOf > _since && _told.Add((product.Name, $"digest {summary.Week.Window}")))
            {
                await webhook.TellAsync(product.Name, "digest", Digest.Write(product.Schema, summary), cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(ServerLimits.AnomaliesEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.AnomaliesFailed(logger, e);
            }
        }
    }
}
