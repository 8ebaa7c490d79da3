namespace UsageReporting;

/// <summary>A whole number for each of several words: tallies, or how many of which kind.</summary>
public sealed record CountsField : UsageField
{
    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="words">The words that may be counted.</param>
    /// <param name="minimum">The smallest number.</param>
    /// <param name="maximum">The largest number; with <paramref name="minimum"/> within ± (2^53 − 1).</param>
    public CountsField(string name, string label, string purpose, Vocabulary words, long minimum, long maximum)
        : base(UsageFieldKind.Counts, name, label, purpose)
    {
        Words = words;
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>The words that may be counted.</summary>
    public Vocabulary Words { get; }

    /// <summary>The smallest number.</summary>
    public long Minimum { get; }

    /// <summary>The largest number.</summary>
    public long Maximum { get; }

    /// <summary>Whether the number is within the bounds.</summary>
    /// <param name="value">The number.</param>
    public bool Allows(long value) => value >= Minimum && value <= Maximum;
}
