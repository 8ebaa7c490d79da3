using System.Runtime.InteropServices;
using System.Text;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Sql;

/// <summary>
/// Where the reports of a day, or those that name a window, lie. It is gathered for a transaction, so that one row is written for
/// all reports in it.
/// </summary>
internal sealed class GatheredSpans
{
    private readonly Dictionary<Product, (int Slot, WindowKind Kind)> _periods = [];

    private readonly Dictionary<(Product, DateOnly), (long First, long Last, long Count)> _days = [];
    private readonly Dictionary<(Product, UsageWindow), (long First, long Last, long Count)> _windows = [];

    public GatheredSpans(ProductCatalog catalog)
    {
        foreach (Product product in catalog.Products)
        {
            WindowKind kind = product.Schema.Header.Identity.Rotates == RotationPeriod.Week ? WindowKind.Week : WindowKind.Month;
            if (CountingRule.Of(product.Schema, kind) is { IsByPeriod: true } rule)
            {
                _periods.Add(product, (Report.FirstFieldSlot + rule.Field, kind));
            }
        }
    }

    /// <summary>What was gathered: the row numbers, and how many reports there are.</summary>
    public IEnumerable<(Product Product, string Span, long First, long Last, long Count)> All =>
    [
        .. _days.Select(day => (day.Key.Item1, RollupSchedule.NameOf(day.Key.Item2), day.Value.First, day.Value.Last, day.Value.Count)),
        .. _windows.Select(window => (window.Key.Item1, window.Key.Item2.ToString(), window.Value.First, window.Value.Last, window.Value.Count)),
    ];

    public void Add(IncomingReport report, long id)
    {
        Extend(_days, (report.Product, DateOnly.FromDateTime(report.Received.UtcDateTime)), id);
        if (WindowOf(report) is { } window)
        {
            Extend(_windows, (report.Product, window), id);
        }
    }

    public void Clear()
    {
        _days.Clear();
        _windows.Clear();
    }

    private UsageWindow? WindowOf(IncomingReport report)
    {
        if (!_periods.TryGetValue(report.Product, out (int Slot, WindowKind Kind) period) || !report.Report[period.Slot].IsPresent)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(report.Report.Text(report.Report[period.Slot]));
        return CountingRule.NamedBy(name, period.Kind, report.Received);
    }

    private static void Extend<TKey>(Dictionary<TKey, (long First, long Last, long Count)> spans, TKey key, long id)
        where TKey : notnull
    {
        ref (long First, long Last, long Count) span = ref CollectionsMarshal.GetValueRefOrAddDefault(spans, key, out bool exists);
        span = exists ? (Math.Min(span.First, id), Math.Max(span.Last, id), span.Count + 1) : (id, id, 1);
    }
}
