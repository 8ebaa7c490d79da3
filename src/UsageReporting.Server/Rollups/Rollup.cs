namespace UsageReporting.Server.Rollups;

/// <summary>The numbers of one product in one window.</summary>
/// <param name="Window">The window.</param>
/// <param name="Installs">How many installations reported; null where the kind of identity does not let that be said.</param>
/// <param name="Held">How many more there may be that are not believed yet.</param>
/// <param name="Fields">The installations by each field; empty where their number is null.</param>
internal sealed record Rollup(UsageWindow Window, long? Installs, long Held, IReadOnlyList<FieldRollup> Fields)
{
    /// <summary>
    /// Reports from where nothing lasts, such as build servers: each may be of another installation, or all of one, so that
    /// they are none of the installations. Null where they were not counted.
    /// </summary>
    public long? Ephemeral { get; init; }

    /// <summary>
    /// Beside the schema's fields, whose names begin with a letter: whether an installation is new, in weeks of products
    /// whose ids stay.
    /// </summary>
    public const string New = "_new";

    /// <summary>The month of an installation's first report, in months of products whose ids stay.</summary>
    public const string FirstSeen = "_first_seen";

    /// <summary>The installations by two fields together, of each pair that the schema declares.</summary>
    public IReadOnlyList<PairRollup> Pairs { get; init; } = [];
}
