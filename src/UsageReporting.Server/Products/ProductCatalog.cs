namespace UsageReporting.Server.Products;

/// <summary>
/// The products of this server in the order in which they were added; the first is the default one. A server that only
/// counts installs of packages has none.
/// </summary>
internal sealed class ProductCatalog
{
    private readonly Dictionary<string, Product> _byName;

    private ProductCatalog(IReadOnlyList<Product> products)
    {
        Products = products;
        _byName = products.ToDictionary(product => product.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<Product> Products { get; }

    public Product? Default => Products.Count == 0 ? null : Products[0];

    /// <summary>Loads all that can be loaded and finds all mistakes.</summary>
    public static ProductCatalog Load(IEnumerable<ProductDeclaration> declarations, out IReadOnlyList<string> mistakes)
    {
        List<string> found = [];
        List<Product> products = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ProductDeclaration declared in declarations)
        {
            if (!names.Add(declared.Name))
            {
                found.Add($"{declared.Name}: the product is added twice.");
            }
            else if (ProductFile.TryLoad(declared, found, out Product? product))
            {
                products.Add(product);
            }
        }

        mistakes = found;
        return new ProductCatalog(products);
    }

    public Product? Find(string name) => _byName.GetValueOrDefault(name);
}
