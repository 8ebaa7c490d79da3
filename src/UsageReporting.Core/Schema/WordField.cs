namespace UsageReporting;

/// <summary>One word of a vocabulary.</summary>
public sealed record WordField : UsageField
{
    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="words">The words that it may be.</param>
    public WordField(string name, string label, string purpose, Vocabulary words)
        : base(UsageFieldKind.Word, name, label, purpose) => Words = words;

    /// <summary>The words that the value may be.</summary>
    public Vocabulary Words { get; }
}
