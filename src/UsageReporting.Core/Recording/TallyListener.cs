using System.Diagnostics.Metrics;

namespace UsageReporting.Core.Recording;

/// <summary>Counts what the chosen meters measure, as far as it is declared.</summary>
internal sealed class TallyListener : IDisposable
{
    private readonly UsageTallies _tallies;
    private readonly TallyRegistration[] _registrations;
    private readonly MeterListener _listener = new();

    public TallyListener(UsageTallies tallies, IEnumerable<TallyRegistration> registrations)
    {
        _tallies = tallies;
        _registrations = [.. registrations];
        _listener.InstrumentPublished = Choose;
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Count(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Count(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Count(value, tags, state));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Count(value, tags, state));

        // Nothing that is not whole is a number of things.
        _listener.SetMeasurementEventCallback<double>(static (_, _, _, state) => ((UsageTally)state!).Add());
        _listener.SetMeasurementEventCallback<float>(static (_, _, _, state) => ((UsageTally)state!).Add());
        _listener.SetMeasurementEventCallback<decimal>(static (_, _, _, state) => ((UsageTally)state!).Add());
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private static void Count(long number, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (state is UsageTally tally)
        {
            tally.Add(number);
            return;
        }

        foreach (MeasuredTag tag in (MeasuredTag[])state!)
        {
            tag.Add(number, tags);
        }
    }

    // What is dropped is listened to as well, because it is counted.
    private void Choose(Instrument instrument, MeterListener listener)
    {
        TallySource[] sources =
        [
            .. _registrations.Where(one => one.Meters.Contains(instrument.Meter.Name)).SelectMany(one => one.Sources),
        ];
        if (sources.Length > 0)
        {
            listener.EnableMeasurementEvents(
                instrument, IsCounterOfWholeNumbers(instrument) ? StateOf(instrument, sources) : _tallies.Undeclared);
        }
    }

    private object StateOf(Instrument instrument, TallySource[] sources)
    {
        TallySource[] ofInstrument = [.. sources.Where(source => source.Instrument == instrument.Name)];
        return ofInstrument.Length > 0
            ? ofInstrument.Select(source => new MeasuredTag(FieldOf(source), source.Tag, _tallies.Undeclared)).ToArray()
            : sources.Where(source => source is { Instrument: null, Field: CountsField })
                .Select(source => FieldOf(source).Find(instrument.Name)).FirstOrDefault(tally => tally is not null)
                ?? _tallies.Undeclared;
    }

    private TallyField FieldOf(TallySource source) => _tallies.Fields.Single(field => field.Declared.Name == source.Field.Name);

    private static bool IsCounterOfWholeNumbers(Instrument instrument) =>
        instrument is Counter<long> or Counter<int> or Counter<short> or Counter<byte>;
}
