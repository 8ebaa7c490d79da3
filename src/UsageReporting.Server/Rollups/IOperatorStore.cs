using UsageReporting.Server.Products;

namespace UsageReporting.Server.Rollups;

/// <summary>
/// What an engine does for the operator alone. What cannot be read is a <see cref="UsageStoreException"/>; what cannot be
/// written just now is not done.
/// </summary>
internal interface IOperatorStore
{
    /// <summary>The bytes that the database takes.</summary>
    Task<long> MeasureAsync();

    /// <summary>Sets reports aside; the numbers of their windows are made again.</summary>
    /// <returns>Whether they are, durably.</returns>
    Task<bool> AddAsync(Product product, Quarantine quarantine);

    /// <summary>Lets them count again.</summary>
    /// <returns>Whether they do, durably.</returns>
    Task<bool> LiftAsync(Product product, Quarantine quarantine);

    /// <summary>The fields that are on no public page.</summary>
    Task<IReadOnlySet<string>> GetHiddenAsync(Product product);

    /// <summary>Takes a field off every public page, or puts it back.</summary>
    /// <returns>Whether it is, durably.</returns>
    Task<bool> HideAsync(Product product, string field, bool isHidden);
}
