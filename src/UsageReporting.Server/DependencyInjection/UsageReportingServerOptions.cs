using UsageReporting.Server.Products;

namespace UsageReporting.Server.DependencyInjection;

/// <summary>What a host has declared, in the order in which it did.</summary>
internal sealed class UsageReportingServerOptions
{
    private ProductCatalog? _catalog;
    private IReadOnlyList<string> _mistakes = [];

    public List<ProductDeclaration> Products { get; } = [];

    /// <summary>Whether installs of packages are counted, for which no product is needed.</summary>
    public bool CountsDownloads { get; set; }

    /// <summary>The storage engines, by name; exactly one is right.</summary>
    public List<string> Engines { get; } = [];

    /// <summary>Loads the products, when it is first asked for: the files are read once.</summary>
    public ProductCatalog LoadProducts(out IReadOnlyList<string> mistakes)
    {
        _catalog ??= ProductCatalog.Load(Products, out _mistakes);
        mistakes = _mistakes;
        return _catalog;
    }
}
