namespace UsageReporting.Core.Consent;

/// <summary>What a person chose, and of a yes also to what; or what they were told of and did not object to.</summary>
/// <param name="Choice">The choice; null where nothing was chosen and a notice was seen.</param>
/// <param name="Level">Up to which level.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when, or null for ever.</param>
/// <param name="Terms">To what; null after a no.</param>
internal sealed record ConsentRecord(
    ConsentChoice? Choice, UsageLevel Level, DateTimeOffset At, DateTimeOffset? Until, ConsentTerms? Terms)
{
    /// <summary>Whether it is everybody's, so that somebody else may have chosen.</summary>
    public bool IsShared { get; init; }
}
