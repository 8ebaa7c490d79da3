using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace UsageReporting.Server.Metrics;

/// <summary>An instrument, and what it has said so far.</summary>
internal sealed class RecordedInstrument
{
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series> _series = new(TagsComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly Instrument _instrument;
    private readonly double[]? _bounds;

    public RecordedInstrument(Instrument instrument)
    {
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _instrument = instrument;
        _bounds = instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
            _ => null,
        };
    }

    /// <summary>Takes a measurement; only the first one under its tags allocates anything.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_lookup.TryGetValue(tags, out Series? series))
        {
            series = _series.GetOrAdd(tags.ToArray(), NewSeries());
        }

        series.Record(value);
    }

    public void WriteTo(PrometheusText text)
    {
        string name = PrometheusText.NameOf(_instrument);
        text.Begin(name, IsCounter ? "counter" : _bounds is null ? "gauge" : "histogram", _instrument.Description ?? "");
        foreach ((string labels, Series series) in _series
            .Select(series => (PrometheusText.LabelsOf(series.Key), series.Value))
            .OrderBy(series => series.Item1, StringComparer.Ordinal))
        {
            series.WriteTo(text, name, labels);
        }
    }

    private bool IsCounter => _instrument is Counter<long>;

    private Series NewSeries() =>
        IsCounter ? new CounterSeries() : _bounds is null ? new GaugeSeries() : new HistogramSeries(_bounds);
}
