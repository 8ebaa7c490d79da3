using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace UsageReporting.Server.Metrics;

/// <summary>
/// Keeps what the server's own meter says, from when this is made: a few numbers for each instrument and set of tags, as
/// Prometheus wants them. Of other meters, and of another server in this process, it hears nothing.
/// </summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly ConcurrentDictionary<string, RecordedInstrument> _instruments = new();
    private readonly MeterListener _listener = new();

    public MetricRecorder(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == ServerMeter.Name)
            {
                listener.EnableMeasurementEvents(
                    instrument, _instruments.GetOrAdd(instrument.Name, _ => new RecordedInstrument(instrument)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            static (_, value, tags, recorded) => ((RecordedInstrument)recorded!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(
            static (_, value, tags, recorded) => ((RecordedInstrument)recorded!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>All of it, as Prometheus reads it.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        PrometheusText text = new();
        foreach ((_, RecordedInstrument recorded) in _instruments.OrderBy(instrument => instrument.Key, StringComparer.Ordinal))
        {
            recorded.WriteTo(text);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();
}
