using UsageReporting.Server.Products;

namespace UsageReporting.Server.Storage;

/// <summary>
/// Gives back what is stored of one installation, and takes it away. What cannot be read is a
/// <see cref="UsageStoreException"/>.
/// </summary>
internal interface IInstallationStore
{
    /// <summary>
    /// The erasure key that came first with an id; null where none did, or there is no such id. To find none costs what it
    /// costs to find one.
    /// </summary>
    Task<string?> FindErasureKeyAsync(Product product, string id);

    /// <summary>All that is stored of an installation, as it is at one moment; null where there is none.</summary>
    Task<StoredInstallation?> ReadAsync(Product product, string id);

    /// <summary>
    /// Erases an installation with its reports, so that no restored backup brings it back, and takes what was erased out of
    /// the engine's files as soon as nobody is reading it.
    /// </summary>
    Task<ErasureOutcome> EraseAsync(Product product, string id);
}
