namespace UsageReporting.Core.Recording;

/// <summary>A field that tallies fill, and where they come from.</summary>
/// <param name="Field">The field.</param>
/// <param name="Instrument">The instrument whose measurements count; null where each word is an instrument's name.</param>
/// <param name="Tag">The tag of a measurement whose value is the word; null where the field has a single number.</param>
internal sealed record TallySource(UsageField Field, string? Instrument, string? Tag);
