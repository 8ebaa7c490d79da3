using Microsoft.Extensions.Logging;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Tells the log and the webhook of anomalies, and the webhook of each new week. The database knows what was told, so that
/// nothing is told twice, and what happened while no server ran is told by the next.
/// </summary>
internal sealed class AnomalyWatch(
    ProductCatalog catalog,
    StatisticsReader statistics,
    AnomalyReader anomalies,
    IRollupStore store,
    Webhook webhook,
    TimeProvider time,
    ILogger<AnomalyWatch> logger) : DatabaseJob
{
    private readonly HashSet<(string Product, string What)> _told = [];

    /// <summary>Tells what is new.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        DateOnly since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-ServerLimits.DaysOfNews);
        foreach (Product product in catalog.Products)
        {
            foreach (Anomaly anomaly in await anomalies.ReadAsync(product))
            {
                if (anomaly.LastDay >= since && await IsNewAsync(product, anomaly.When))
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
            UsageWindow week = summary.Week.Window;
            if (summary.Week.Made is not null && week.LastDay >= since && await IsNewAsync(product, $"digest {week}"))
            {
                await webhook.TellAsync(product.Name, "digest", Digest.Write(product.Schema, summary), cancellationToken);
            }
        }
    }

    // Noted before it is told: who is told is told once, without a second try.
    private async Task<bool> IsNewAsync(Product product, string what)
    {
        if (_told.Contains((product.Name, what)) || await store.NoteToldAsync(product, what) is not { } isNew)
        {
            return false;
        }

        _told.Add((product.Name, what));
        return isNew;
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
