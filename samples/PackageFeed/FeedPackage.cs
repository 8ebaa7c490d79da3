namespace PackageFeed;

/// <summary>A package in <c>appsettings.json</c>.</summary>
internal sealed class FeedPackage
{
    public string Name { get; set; } = "";

    public string Version { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>What WordPress.org counts, where the package comes from there.</summary>
    public long? WordPressDownloads { get; set; }
}
