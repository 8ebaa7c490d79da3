using UsageReporting.Core.Recording;

namespace UsageReporting;

/// <summary>Says what an application counts between reports.</summary>
public sealed class UsageTalliesBuilder
{
    internal UsageTalliesBuilder()
    {
    }

    internal List<TallySource> Sources { get; } = [];

    internal HashSet<string> Meters { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Listens to a meter: to its counters of whole numbers that a field declares. What else it measures is dropped.
    /// </summary>
    /// <param name="name">The meter's name.</param>
    public UsageTalliesBuilder FromMeter(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Meters.Add(name);
        return this;
    }

    /// <summary>
    /// Adds a field whose words are counted by their handles (<see cref="UsageTallies.Of(CountsField, string)"/>), and by the counters of the
    /// chosen meters that are named like one of them.
    /// </summary>
    /// <param name="field">What is counted. It cannot be required, since nothing may have happened.</param>
    public UsageTalliesBuilder Add(CountsField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        Sources.Add(new TallySource(field, Instrument: null, Tag: null));
        return this;
    }

    /// <summary>
    /// Adds a field of a single number, which is counted by its handle (<see cref="UsageTallies.Of(CountField)"/>) or by
    /// all that one counter of the chosen meters measures.
    /// </summary>
    /// <param name="field">What is counted. It cannot be required, since nothing may have happened.</param>
    /// <param name="instrument">The counter's name; null where the handle counts alone.</param>
    public UsageTalliesBuilder Add(CountField field, string? instrument = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        Sources.Add(new TallySource(field, instrument, Tag: null));
        return this;
    }

    /// <summary>
    /// Adds a field that one counter of the chosen meters fills: the word is the value of one of its tags. A value that the
    /// field does not declare, and a measurement without that tag, are dropped.
    /// </summary>
    /// <param name="field">What is counted. It cannot be required, since nothing may have happened.</param>
    /// <param name="instrument">The counter's name.</param>
    /// <param name="tag">The tag's name.</param>
    public UsageTalliesBuilder Add(CountsField field, string instrument, string tag)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentException.ThrowIfNullOrEmpty(instrument);
        ArgumentException.ThrowIfNullOrEmpty(tag);
        Sources.Add(new TallySource(field, instrument, tag));
        return this;
    }
}
