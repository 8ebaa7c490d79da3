namespace UsageReporting;

/// <summary>Yes or no.</summary>
public sealed record FlagField : UsageField
{
    /// <summary>Declares the field.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="label">What a person reads beside the value.</param>
    /// <param name="purpose">Why it is asked for.</param>
    public FlagField(string name, string label, string purpose)
        : base(UsageFieldKind.Flag, name, label, purpose)
    {
    }
}
