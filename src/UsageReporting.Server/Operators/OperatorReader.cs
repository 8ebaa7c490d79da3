using UsageReporting.Server.Access;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Operators;

/// <summary>Reads how it stands with the server. What cannot be read takes nothing else away: that is when the page is looked at.</summary>
internal sealed class OperatorReader(
    ProductCatalog catalog,
    IReportStore reports,
    IRollupStore rollups,
    IOperatorStore store,
    StoreMetrics writes,
    RecentRequests requests,
    RollupRuns runs,
    DashboardReader dashboard,
    AnomalyReader anomalies,
    UsageKeys keys,
    KeyRing ring,
    AuditTrail audit,
    TimeProvider time)
{
    private const int TagDigits = 12;

    public async Task<ServerState> ReadAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        List<ProductState> products = [];
        foreach (Product product in catalog.Products)
        {
            products.Add(await ReadAsync(product, now));
        }

        return new ServerState
        {
            Now = now,
            Since = requests.Since,
            CanStore = await CanStoreAsync(),
            Waiting = writes.Waiting,
            DatabaseBytes = await OrNullAsync<long?>(async () => await store.MeasureAsync()),
            Products = products,
            Keys = await OrNullAsync(() => Task.FromResult(ReadKeys())),
            RolledUp = runs.RolledUp,
            Deleted = runs.Deleted,
            KeptSince = Retention.ReportsSince(now),
            Audits = await OrNullAsync(() => Task.FromResult(audit.ReadLast(ServerLimits.ListedAudits))),
        };
    }

    // In a rush a write may wait for room for long.
    private async Task<bool> CanStoreAsync()
    {
        try
        {
            return await reports.CanStoreAsync().WaitAsync(ServerLimits.OperatorPatience, time);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private IReadOnlyList<(UsageKey Key, DateTimeOffset? Used)> ReadKeys() =>
        [.. ring.OfSettings.Select(key => (key, (DateTimeOffset?)null)), .. keys.List().Select(key => (key, ring.LastUsed(key.Id)))];

    private async Task<ProductState> ReadAsync(Product product, DateTimeOffset now) => new(
        product.Name,
        product.SchemaTag.Tag.Subsegment(1, TagDigits).ToString(),
        product.Schema.Fields.Count,
        requests.Of(product.Name),
        await OrNullAsync(() => ReadNumbersAsync(product, now)));

    private async Task<ProductNumbers> ReadNumbersAsync(Product product, DateTimeOffset now)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        Dictionary<DateOnly, ReportChanges> days = [];
        foreach (ReportSpan span in await rollups.GetSpansAsync(product))
        {
            if (!span.IsEmpty && RollupSchedule.TryDay(span.Name, out DateOnly day))
            {
                days.Add(day, span.Changes);
            }
        }

        return new ProductNumbers(
            days.GetValueOrDefault(today).Came,
            days.GetValueOrDefault(today.AddDays(-1)).Came,
            days.Values.Sum(day => day.Came),
            await dashboard.ReadFreshnessAsync(product),
            await anomalies.ReadAsync(product));
    }

    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (UsageStoreException)
        {
            return default;
        }
    }
}
