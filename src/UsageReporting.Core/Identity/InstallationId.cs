namespace UsageReporting.Core.Identity;

/// <summary>The id that a report carries.</summary>
/// <param name="Value">A version 4 UUID in lower case.</param>
/// <param name="IsKept">Whether it is kept on this machine, or only drawn for a preview so far.</param>
internal sealed record InstallationId(string Value, bool IsKept);
