namespace UsageReporting.Core.Consent;

/// <summary>A person's choice as it is kept.</summary>
/// <param name="Choice"><c>no</c>, <c>yes</c> or <c>local</c>.</param>
/// <param name="Level">Up to which level.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when, or null for ever.</param>
/// <param name="Destinations">Where reports went then.</param>
/// <param name="Schema">The schema that was agreed to, as <c>usage schema</c> printed it then; null without a yes.</param>
/// <param name="Check">The SHA-256 of all of these. A choice that was changed by hand, or damaged, is none.</param>
internal sealed record KeptConsent(
    string Choice,
    string Level,
    DateTimeOffset At,
    DateTimeOffset? Until,
    IReadOnlyList<string> Destinations,
    string? Schema,
    string Check);
