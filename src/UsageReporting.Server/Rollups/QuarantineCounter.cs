using UsageReporting.Server.Products;

namespace UsageReporting.Server.Rollups;

/// <summary>Counts the stored reports that a quarantine holds, before there is one.</summary>
internal sealed class QuarantineCounter(IRollupStore store)
{
    /// <summary>How many reports it would set aside of those that have come.</summary>
    public async Task<long> CountAsync(Product product, Quarantine quarantine, CancellationToken cancellationToken)
    {
        (DateOnly first, DateOnly last) = (Day(quarantine.Since), Day(quarantine.Until));
        ReportSpan[] days =
        [
            .. (await store.GetSpansAsync(product))
                .Where(span => !span.IsEmpty && RollupSchedule.TryDay(span.Name, out DateOnly day) && day >= first && day <= last),
        ];
        if (days.Length == 0)
        {
            return 0;
        }

        QuarantineFilter filter = new(product.Schema, [quarantine]);
        long held = 0;
        await store.ReadReportsAsync(
            product, days.Min(day => day.First), days.Max(day => day.Last), report => held += filter.Holds(report) ? 1 : 0, cancellationToken);
        return held;
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
