namespace UsageReporting.Server.Metrics;

/// <summary>A number that only grows. What is counted are whole things.</summary>
internal sealed class CounterSeries : Series
{
    private long _total;

    public override void Record(double value) => Interlocked.Add(ref _total, (long)value);

    public override void WriteTo(PrometheusText text, string name, string labels) =>
        text.Sample(name, labels, Interlocked.Read(ref _total));
}
