namespace UsageReporting.Core.Identity;

/// <summary>The id that a report carries.</summary>
/// <param name="Value">A version 4 UUID in lower case.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record InstallationId(string Value, IdOrigin Origin);
