namespace UsageReporting.Server.Metrics;

/// <summary>A number as it was when it was last looked at.</summary>
internal sealed class GaugeSeries : Series
{
    private double _last;

    public override void Record(double value) => Volatile.Write(ref _last, value);

    public override void WriteTo(PrometheusText text, string name, string labels) =>
        text.Sample(name, labels, Volatile.Read(ref _last));
}
