namespace UsageReporting.Core.Consent;

/// <summary>What a person chose, and of a yes also to what.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Level">Up to which level.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when, or null for ever.</param>
/// <param name="Terms">To what; null where nothing was agreed to.</param>
internal sealed record ConsentRecord(
    ConsentChoice Choice, UsageLevel Level, DateTimeOffset At, DateTimeOffset? Until, ConsentTerms? Terms);
