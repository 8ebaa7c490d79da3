namespace UsageReporting;

/// <summary>A field that a report does not hold, or not wholly, though its collector was asked for it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Reason">Why.</param>
public sealed record LeftOutField(UsageField Field, LeftOutReason Reason)
{
    /// <summary>Which of its entries, where the collector said so, for the person to see: they are never sent.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];
}
