namespace UsageReporting.Server.Metrics;

/// <summary>What an instrument has said under one set of tags.</summary>
internal abstract class Series
{
    /// <summary>Takes a measurement; from any thread.</summary>
    public abstract void Record(double value);

    /// <summary>Writes it as it is now.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="name">The instrument's name.</param>
    /// <param name="labels">The tags, as they are written.</param>
    public abstract void WriteTo(PrometheusText text, string name, string labels);
}
