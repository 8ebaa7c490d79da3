using System.Globalization;

namespace UsageReporting.Server.Metrics;

/// <summary>How often a measurement was within each of some bounds.</summary>
/// <param name="bounds">The upper bounds, each included, in ascending order; what is above the last counts, too.</param>
internal sealed class HistogramSeries(double[] bounds) : Series
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public override void Record(double value)
    {
        int at = 0;
        while (at < bounds.Length && value > bounds[at])
        {
            at++;
        }

        lock (_lock)
        {
            _counts[at]++;
            _sum += value;
        }
    }

    public override void WriteTo(PrometheusText text, string name, string labels)
    {
        long[] counts;
        double sum;
        lock (_lock)
        {
            counts = [.. _counts];
            sum = _sum;
        }

        long below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            string bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            string le = $"le=\"{bound}\"";
            text.Sample($"{name}_bucket", labels.Length == 0 ? le : $"{labels},{le}", below);
        }

        text.Sample($"{name}_sum", labels, sum);
        text.Sample($"{name}_count", labels, below);
    }
}
