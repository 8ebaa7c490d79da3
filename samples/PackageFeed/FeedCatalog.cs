using UsageReporting.Server;

namespace PackageFeed;

/// <summary>The packages of the feed: those count, and no name that somebody makes up.</summary>
internal sealed class FeedCatalog(IReadOnlyList<FeedPackage> packages) : IPackageCatalog
{
    private readonly Dictionary<string, FeedPackage> _byName = packages.ToDictionary(package => package.Name);

    public IReadOnlyList<FeedPackage> Packages => packages;

    public FeedPackage? Find(string name) => _byName.GetValueOrDefault(name);

    public bool Counts(string name) => _byName.ContainsKey(name);

    public OutsideDownloads? FindOutside(string name) =>
        Find(name)?.WordPressDownloads is { } downloads ? new OutsideDownloads("WordPress.org", downloads) : null;
}
