namespace UsageReporting.Server.PostgreSql;

/// <summary>A report that is accepted.</summary>
/// <param name="Report">The report.</param>
/// <param name="Number">The number of its row.</param>
/// <param name="FirstSeen">The day of its installation's first report.</param>
/// <param name="IsHeld">Whether the installation is not believed yet.</param>
/// <param name="IsNew">Whether it was not known.</param>
internal sealed record ClaimedReport(PendingReport Report, long Number, string FirstSeen, bool IsHeld, bool IsNew);
