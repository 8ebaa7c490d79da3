using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>What may be said of one window; null is what may not be said, or cannot.</summary>
/// <param name="Window">The window.</param>
/// <param name="Installs">Installations that reported.</param>
/// <param name="New">Those of them that never had before.</param>
/// <param name="Held">Further ones that are not believed yet.</param>
/// <param name="Fields">All of them by each field of which something may be said.</param>
internal sealed record PublishedWindow(
    UsageWindow Window, long? Installs, long? New, long? Held, IReadOnlyList<PublishedField> Fields)
{
    /// <summary>Reports from where nothing lasts, which are none of the installations.</summary>
    public long? Ephemeral { get; init; }

    /// <summary>When its numbers were made; null where it has none.</summary>
    public DateTimeOffset? Made { get; init; }

    /// <summary>All of them by two fields together, of each pair of which something may be said.</summary>
    public IReadOnlyList<PairRollup> Pairs { get; init; } = [];

    public PublishedField? Find(string field) => Fields.FirstOrDefault(f => f.Name == field);

    public IReadOnlyList<PairCell> FindPair(string name) => Pairs.FirstOrDefault(pair => pair.Name == name)?.Cells ?? [];
}
