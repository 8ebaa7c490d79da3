namespace UsageReporting.Server.Operators.Pages;

/// <summary>A schema that the server had.</summary>
/// <param name="Since">When it first started with it.</param>
/// <param name="Changes">What is other than in the one before, a line each; empty for the first.</param>
internal sealed record SchemaVersion(DateTimeOffset Since, IReadOnlyList<string> Changes);
