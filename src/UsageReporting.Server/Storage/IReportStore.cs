namespace UsageReporting.Server.Storage;

/// <summary>
/// Keeps reports, each installation's once in a window. An engine answers after the commit, and of any number of
/// simultaneous reports of one installation it accepts exactly one. It does not throw for what operators meet: a full
/// disk, a lock or a lost connection is <see cref="StoreOutcome.Unavailable"/>.
/// </summary>
internal interface IReportStore
{
    /// <summary>Stores a report unless its installation reported within the window.</summary>
    Task<StoreOutcome> StoreAsync(IncomingReport report);

    /// <summary>Whether a report could be stored now, found out by a durable write.</summary>
    Task<bool> CanStoreAsync();
}
