namespace UsageReporting.Core.Consent;

/// <summary>What a person would agree to.</summary>
/// <param name="Schema">What reports hold, who receives them and who can read them.</param>
/// <param name="Destinations">Where they go.</param>
internal sealed record ConsentTerms(ReportSchema Schema, IReadOnlyList<string> Destinations);
