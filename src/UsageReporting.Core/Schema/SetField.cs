namespace UsageReporting;

/// <summary>Several different words of a vocabulary.</summary>
public sealed record SetField : UsageField
{
    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    /// <param name="words">The words that it may hold.</param>
    public SetField(string name, string label, string purpose, Vocabulary words)
        : base(UsageFieldKind.Set, name, label, purpose) => Words = words;

    /// <summary>The words that the value may hold.</summary>
    public Vocabulary Words { get; }
}
