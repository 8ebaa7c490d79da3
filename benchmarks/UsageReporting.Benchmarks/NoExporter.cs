using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace UsageReporting.Benchmarks;

/// <summary>An exporter that is never asked: only the counting is measured.</summary>
internal sealed class NoExporter : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
}
