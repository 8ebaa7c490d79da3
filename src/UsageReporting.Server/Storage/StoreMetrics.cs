using System.Diagnostics.Metrics;

namespace UsageReporting.Server.Storage;

/// <summary>Measures how writes come to the disk, the same for each engine.</summary>
internal sealed class StoreMetrics
{
    private static readonly InstrumentAdvice<long> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, ServerLimits.BatchSize],
    };

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        // A flush takes a millisecond or two, of a busy disk some tens; callers have gone long before the last one.
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    private readonly Meter _meter;
    private readonly Histogram<long> _sizes;
    private readonly Histogram<double> _commits;
    private Func<int> _waiting = () => 0;

    public StoreMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServerMeter.Name);
        _sizes = _meter.CreateHistogram(
            "usage_reporting.batch.size", "{write}", "Writes that shared a transaction.", advice: Sizes);
        _commits = _meter.CreateHistogram(
            "usage_reporting.commit.duration",
            "s",
            "From the beginning of a transaction until it was on the disk.",
            advice: Seconds);
    }

    /// <summary>Writes that wait for their transaction.</summary>
    public int Waiting => _waiting();

    /// <summary>Shows how many writes wait for their transaction, whenever somebody looks.</summary>
    public void ShowWaiting(Func<int> waiting)
    {
        _waiting = waiting;
        _meter.CreateObservableGauge<long>(
            "usage_reporting.queue.depth", () => waiting(), "{write}", "Writes that wait for their transaction.");
    }

    /// <summary>A transaction is on the disk.</summary>
    public void Committed(int writes, TimeSpan took)
    {
        _sizes.Record(writes);
        _commits.Record(took.TotalSeconds);
    }
}
