namespace UsageReporting.Server.Storage;

/// <summary>
/// Counts installs of packages, each client's once in a time bucket, and keeps the numbers that they add up to. Writing
/// does not throw for what operators meet; it answers null.
/// </summary>
internal interface IPackageStore
{
    /// <summary>Counts the installs that are new, and answers after the commit.</summary>
    /// <returns>How many were new; null if none is stored for certain.</returns>
    Task<int?> CountAsync(IncomingInstalls installs);

    /// <summary>
    /// Brings the counters up to a time, or a part of the way, so that reports do not wait long behind it.
    /// </summary>
    /// <returns>What was done; null if nothing can be stored just now.</returns>
    Task<PackageRollupStep?> RollUpAsync(DateTimeOffset now);

    /// <summary>A package's counters, which are zero for one that was never installed.</summary>
    /// <exception cref="UsageStoreException">The database cannot be read.</exception>
    Task<PackageDetails> FindAsync(string package);

    /// <summary>A part of the packages that were ever installed.</summary>
    /// <param name="order">What comes first.</param>
    /// <param name="skip">How many of them are left out at the beginning.</param>
    /// <param name="take">How many are wanted at most.</param>
    /// <exception cref="UsageStoreException">The database cannot be read.</exception>
    Task<PackageList> ListAsync(PackageOrder order, int skip, int take);
}
