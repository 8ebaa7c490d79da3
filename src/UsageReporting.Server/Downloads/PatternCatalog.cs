using Microsoft.Extensions.Options;

namespace UsageReporting.Server.Downloads;

/// <summary>The packages that the options name: whole names in a set, so that a long list costs nothing, and patterns.</summary>
internal sealed class PatternCatalog(IOptions<DownloadsOptions> options) : IPackageCatalog
{
    private readonly Lazy<(HashSet<string> Names, PackagePattern[] Patterns)> _packages = new(() => Read(options.Value));

    public bool Counts(string name) =>
        _packages.Value.Names.Contains(name) || _packages.Value.Patterns.Any(pattern => pattern.Matches(name));

    private static (HashSet<string> Names, PackagePattern[] Patterns) Read(DownloadsOptions options)
    {
        ILookup<bool, string> byKind = options.Packages.ToLookup(text => text.Contains('*', StringComparison.Ordinal));
        return ([.. byKind[false]], [.. byKind[true].Select(PackagePattern.Parse).OfType<PackagePattern>()]);
    }
}
