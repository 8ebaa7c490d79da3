using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Rollups;

/// <summary>Measures how long numbers take to be made, and whether they fall behind.</summary>
internal sealed class RollupMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
    };

    private readonly ConcurrentDictionary<(Product Product, WindowKind Kind), UsageWindow> _newest = new();
    private readonly TimeProvider _time;
    private readonly Histogram<double> _durations;

    public RollupMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        Meter meter = meters.Create(ServerMeter.Name);
        _durations = meter.CreateHistogram(
            "usage_reporting.rollup.duration", "s", "How long the numbers of a window took to be made.", advice: Seconds);
        meter.CreateObservableGauge<double>(
            "usage_reporting.rollup.age", Ages, "s", "How long ago the newest window that has numbers ended.");
    }

    /// <summary>A window has numbers.</summary>
    public void Saw(Product product, UsageWindow window) => _newest.AddOrUpdate(
        (product, window.Kind), window, (_, newest) => newest.CompareTo(window) < 0 ? window : newest);

    /// <summary>A window has numbers now.</summary>
    public void Made(Product product, UsageWindow window, TimeSpan took)
    {
        Saw(product, window);
        _durations.Record(took.TotalSeconds, Tag(product), Tag(window.Kind));
    }

    private IEnumerable<Measurement<double>> Ages()
    {
        DateTimeOffset now = _time.GetUtcNow();
        return _newest.Select(newest => new Measurement<double>(
            SinceEnd(newest.Value, now).TotalSeconds, Tag(newest.Key.Product), Tag(newest.Key.Kind)));
    }

    // The last window of the calendar has no day after it.
    private static TimeSpan SinceEnd(UsageWindow window, DateTimeOffset now) =>
        now - window.Start - TimeSpan.FromDays(window.LastDay.DayNumber - window.FirstDay.DayNumber + 1);

    private static KeyValuePair<string, object?> Tag(Product product) => new("product", product.Name);

    private static KeyValuePair<string, object?> Tag(WindowKind kind) =>
        new("interval", kind == WindowKind.Week ? "week" : "month");
}
