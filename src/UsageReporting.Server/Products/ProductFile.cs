using System.Diagnostics.CodeAnalysis;

namespace UsageReporting.Server.Products;

/// <summary>Loads a declared product from its schema file; whatever is wrong becomes a mistake.</summary>
internal static class ProductFile
{
    public static bool TryLoad(ProductDeclaration declared, List<string> mistakes, [NotNullWhen(true)] out Product? product)
    {
        product = null;
        if (Read(declared, mistakes) is not { } schema)
        {
            return false;
        }

        if (schema.Header.Product != declared.Name)
        {
            mistakes.Add($"{declared.Name}: its schema file {declared.SchemaFile} is that of \"{schema.Header.Product}\".");
            return false;
        }

        if (schema.FindIdentityMistakes() is { Count: > 0 } found)
        {
            mistakes.AddRange(found.Select(m => $"{declared.Name}: schema file {declared.SchemaFile}: {m}"));
            return false;
        }

        product = new Product(schema, declared.HasPublicStatistics);
        return true;
    }

    private static ReportSchema? Read(ProductDeclaration declared, List<string> mistakes)
    {
        try
        {
            return ReportSchema.Parse(File.ReadAllBytes(declared.SchemaFile));
        }
        catch (SchemaException e)
        {
            mistakes.AddRange(e.Mistakes.Select(m => $"{declared.Name}: schema file {declared.SchemaFile}: {m}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            mistakes.Add($"{declared.Name}: the schema file \"{declared.SchemaFile}\" cannot be read: {e.Message}");
        }

        return null;
    }
}
