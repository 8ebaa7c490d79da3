using UsageReporting.Server.Products;

namespace UsageReporting.Server.Rollups;

/// <summary>Deletes what is kept for a time only, in portions between which reports are stored.</summary>
internal interface IRetentionStore
{
    /// <summary>Deletes the reports that came before a day.</summary>
    /// <returns>Whether all of them are deleted, durably.</returns>
    Task<bool> DeleteReportsAsync(Product product, DateOnly before, CancellationToken cancellationToken);

    /// <summary>Forgets the installations that were last heard of before a time: one that returns is new.</summary>
    /// <returns>Whether all of them are forgotten, durably.</returns>
    Task<bool> ForgetInstallationsAsync(Product product, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Whether something that was deleted may still stand in the engine's files.</summary>
    bool IsErasureDue { get; }

    /// <summary>Takes what was deleted out of the engine's files.</summary>
    /// <returns>Whether it is out; it is not as long as somebody reads what was there before.</returns>
    Task<bool> EraseDeletedAsync();
}
