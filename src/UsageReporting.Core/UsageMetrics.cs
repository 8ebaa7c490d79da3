using System.Diagnostics.Metrics;

namespace UsageReporting.Core;

/// <summary>
/// What the library measures of itself for the host, in the meter <c>UsageReporting</c>. Never a value of a report.
/// </summary>
internal sealed class UsageMetrics : IDisposable
{
    private readonly Meter? _own;
    private readonly Meter _meter;
    private readonly Counter<long> _composed;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _collectorTime;

    public UsageMetrics(IMeterFactory? factory = null)
    {
        // The host's factory disposes what it makes.
        _own = factory is null ? new Meter("UsageReporting") : null;
        Meter meter = _meter = _own ?? factory!.Create("UsageReporting");
        _composed = meter.CreateCounter<long>(
            "usage_reporting.reports.composed", "{report}", "Reports that were composed, to be shown or sent.");
        _sent = meter.CreateCounter<long>(
            "usage_reporting.reports.sent", "{report}", "Reports that a sink accepted, counted for each sink.");
        _refused = meter.CreateCounter<long>(
            "usage_reporting.reports.refused", "{report}", "Reports that a sink did not accept, for each sink, by result.");
        _dropped = meter.CreateCounter<long>(
            "usage_reporting.fields.dropped", "{field}", "Fields that were left out of a report, by reason.");
        _collectorTime = meter.CreateHistogram<double>(
            "usage_reporting.collector.duration", "s", "How long a collector took.");
    }

    public void Collected(string collector, TimeSpan time) =>
        _collectorTime.Record(time.TotalSeconds, Tag("collector", collector));

    public void Composed() => _composed.Add(1);

    public void Dropped(string reason) => _dropped.Add(1, Tag("reason", reason));

    public void Sent() => _sent.Add(1);

    public void Refused(string result) => _refused.Add(1, Tag("result", result));

    /// <summary>Only looked at when the host measures: what is dropped may itself come from a meter.</summary>
    public void ObserveDroppedTallies(Func<long> count) => _meter.CreateObservableCounter(
        "usage_reporting.tallies.dropped", count, "{tally}", "Tallies that were dropped, because no field declares them.");

    public void Dispose() => _own?.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
