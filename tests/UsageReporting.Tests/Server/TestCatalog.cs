using UsageReporting.Server.Products;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server;

/// <summary>Products of schemas, loaded from files as a host's are.</summary>
internal static class TestCatalog
{
    public static ProductCatalog Of(TemporaryFolder folder, params ReadOnlySpan<ReportSchema> schemas)
    {
        List<ProductDeclaration> declarations = [];
        foreach (ReportSchema schema in schemas)
        {
            string file = folder.Combine($"{Guid.NewGuid()}.json");
            File.WriteAllBytes(file, schema.ToJson());
            declarations.Add(new ProductDeclaration(schema.Header.Product, file));
        }

        ProductCatalog catalog = ProductCatalog.Load(declarations, out IReadOnlyList<string> mistakes);
        return mistakes.Count == 0 ? catalog : throw new InvalidOperationException(string.Join(' ', mistakes));
    }
}
