namespace UsageReporting;

/// <summary>How reporting stands on this machine.</summary>
/// <param name="Mode">How the application asks.</param>
/// <param name="Decision">Whether anything may be reported, and why.</param>
/// <param name="InstallationId">The id that is kept here, or null: none is drawn before the first yes.</param>
/// <param name="Destinations">Where reports go.</param>
/// <param name="IsWaiting">Whether a report was sent whose answer never came.</param>
/// <param name="Place">Where the library keeps what must last.</param>
public sealed record UsageStatus(
    ConsentMode Mode,
    ConsentDecision Decision, string? InstallationId, IReadOnlyList<string> Destinations, bool IsWaiting, string Place);
