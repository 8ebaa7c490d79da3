namespace UsageReporting.ConventionTests.Folders;

/// <summary>The folders of a project and what they may use.</summary>
internal sealed record ProjectFolders
{
    public required string Project { get; init; }

    /// <summary>Layers from the bottom; a folder may use those in earlier layers, and not its neighbours in its own.</summary>
    public required IReadOnlyList<string[]> Layers { get; init; }

    /// <summary>Other projects, and which of their folders; no list stands for all.</summary>
    public IReadOnlyDictionary<string, string[]?> MayUse { get; init; } = new Dictionary<string, string[]?>();

    /// <summary>The layer of a folder, or null for one that is not in the table.</summary>
    public int? LayerOf(string folder)
    {
        int layer = Layers.ToList().FindIndex(folders => folders.Contains(folder));
        return layer < 0 ? null : layer;
    }
}
