namespace UsageReporting;

/// <summary>A field that a report does not hold, or not wholly, though its collector was asked for it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Reason">Why, in a few words that follow the label in parentheses.</param>
public sealed record LeftOutField(UsageField Field, string Reason);
