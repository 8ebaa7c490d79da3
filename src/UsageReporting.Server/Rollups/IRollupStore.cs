using UsageReporting.Server.Products;

namespace UsageReporting.Server.Rollups;

/// <summary>
/// Reads reports again to count them, and keeps the numbers. Reading is done beside whoever stores reports and does not
/// make them wait. What cannot be written just now is tried again later; what cannot be read is a
/// <see cref="UsageStoreException"/>.
/// </summary>
internal interface IRollupStore
{
    /// <summary>
    /// Whether it is for this server to make numbers and to delete, for the next moments: of several on one database one does.
    /// </summary>
    Task<bool> TryTakeTurnAsync();

    /// <summary>Where the product's reports lie.</summary>
    Task<IReadOnlyList<ReportSpan>> GetSpansAsync(Product product);

    /// <summary>The windows that have numbers.</summary>
    Task<IReadOnlyList<RollupState>> GetStatesAsync(Product product);

    /// <summary>Since when each field is published, as it was noted last; null for one that is not.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset?>> GetPublicSinceAsync(Product product);

    /// <summary>Notes since when some fields are published.</summary>
    /// <returns>Whether it is noted, durably.</returns>
    Task<bool> NotePublicAsync(Product product, IReadOnlyDictionary<string, DateTimeOffset?> since);

    /// <summary>Notes that somebody is told of something.</summary>
    /// <returns>Whether nobody was before; null where it cannot be noted just now.</returns>
    Task<bool?> NoteToldAsync(Product product, string what);

    /// <summary>The reports that are set aside.</summary>
    Task<IReadOnlyList<Quarantine>> GetQuarantinesAsync(Product product);

    /// <summary>Reads the reports between two row numbers, the newest first. The object is the same for all of them.</summary>
    Task ReadReportsAsync(
        Product product, long first, long last, Action<StoredReport> take, CancellationToken cancellationToken);

    /// <summary>Puts the numbers of a window in the place of those that it has.</summary>
    /// <returns>Whether they are stored, durably.</returns>
    Task<bool> WriteAsync(Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now);

    /// <summary>The numbers of all windows from one to another, oldest first.</summary>
    /// <param name="product">The product.</param>
    /// <param name="from">The first window.</param>
    /// <param name="to">The last; of the same kind.</param>
    /// <param name="name">Whose numbers: a field's, a word's versions' or a pair's; null for all of them.</param>
    Task<IReadOnlyList<KeptRollup>> ReadAsync(Product product, UsageWindow from, UsageWindow to, string? name);
}
