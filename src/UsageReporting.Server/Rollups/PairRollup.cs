namespace UsageReporting.Server.Rollups;

/// <summary>The installations of one window by the values of two fields together, as far as they may be told.</summary>
/// <param name="Name">The pair, such as <c>version,channel</c>.</param>
/// <param name="Cells">Most first. Which others there are is not known from them.</param>
internal sealed record PairRollup(string Name, IReadOnlyList<PairCell> Cells)
{
    /// <summary>Whether people were told, when the window began, that both fields are published, and no operator hides one.</summary>
    public bool WasPublic { get; init; } = true;
}
