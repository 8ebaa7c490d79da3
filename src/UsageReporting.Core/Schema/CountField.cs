namespace UsageReporting;

/// <summary>A whole number within bounds.</summary>
public sealed record CountField : UsageField
{
    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="maximum">The largest value; with <paramref name="minimum"/> within ± (2^53 − 1).</param>
    public CountField(string name, string label, string purpose, long minimum, long maximum)
        : base(UsageFieldKind.Count, name, label, purpose)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>The smallest value.</summary>
    public long Minimum { get; }

    /// <summary>The largest value.</summary>
    public long Maximum { get; }

    /// <summary>Whether the number is within the bounds.</summary>
    /// <param name="value">The number.</param>
    public bool Allows(long value) => value >= Minimum && value <= Maximum;
}
