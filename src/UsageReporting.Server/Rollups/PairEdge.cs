namespace UsageReporting.Server.Rollups;

/// <summary>A cell of a table of two fields, while it is decided which of them stay hidden.</summary>
/// <param name="Row">The place of its row among all rows and columns.</param>
/// <param name="Column">The place of its column.</param>
/// <param name="Cell">The cell.</param>
internal sealed record PairEdge(int Row, int Column, PairCell Cell)
{
    public bool IsHidden { get; set; }

    /// <summary>How many ways lead along it from its row to its column, less those that lead back.</summary>
    public long Ways { get; set; }
}
