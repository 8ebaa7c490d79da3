using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>Finds the anomalies of the last weeks and days.</summary>
internal sealed class AnomalyReader(IRollupStore store, TimeProvider time)
{
    private const int Weeks = 13;

    public async Task<IReadOnlyList<Anomaly>> ReadAsync(Product product) =>
        [.. await ReadWeeksAsync(product), .. await ReadDaysAsync(product)];

    private async Task<IEnumerable<Anomaly>> ReadWeeksAsync(Product product)
    {
        UsageWindow last = UsageWindow.LastClosed(WindowKind.Week, time.GetUtcNow());
        UsageWindow first = UsageWindow.Of(WindowKind.Week, last.FirstDay.AddDays(-7 * Weeks));
        // The totals are wanted alone: no field has this name.
        IReadOnlyList<KeptRollup> weeks = await store.ReadAsync(product, first, last, name: "");
        return from pair in weeks.Zip(weeks.Skip(1))
               let week = pair.Second.Rollup
               where week.Window.Previous == pair.First.Rollup.Window
               let installs = week.Installs ?? 0
               let before = pair.First.Rollup.Installs ?? 0
               where AnomalyRules.IsWeekOdd(installs, before)
               select new Anomaly(week.Window.ToString(), installs, before, week.Window.LastDay);
    }

    private async Task<IEnumerable<Anomaly>> ReadDaysAsync(Product product)
    {
        SortedDictionary<DateOnly, long> reports = [];
        foreach (ReportSpan span in await store.GetSpansAsync(product))
        {
            if (!span.IsGone && RollupSchedule.TryDay(span.Name, out DateOnly day))
            {
                reports.Add(day, span.Changes.Came);
            }
        }

        DateOnly today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return reports.Count == 0 ? [] : OddDays(reports, today);
    }

    // A day without reports has no entry.
    internal static IEnumerable<Anomaly> OddDays(SortedDictionary<DateOnly, long> reports, DateOnly today)
    {
        DateOnly first = reports.Keys.First();
        for (DateOnly day = first.AddDays(ServerLimits.DaysCompared); day < today; day = day.AddDays(1))
        {
            DateOnly compared = day;
            long[] before =
                [.. Enumerable.Range(1, ServerLimits.DaysCompared).Select(ago => reports.GetValueOrDefault(compared.AddDays(-ago)))];
            if (AnomalyRules.IsDayOdd(reports.GetValueOrDefault(day), before, out long median))
            {
                yield return new Anomaly(RollupSchedule.NameOf(day), reports.GetValueOrDefault(day), median, day);
            }
        }
    }
}
