using System.Diagnostics.CodeAnalysis;

namespace UsageReporting.Server.Products;

/// <summary>Loads a declared product from its schema file; whatever is wrong becomes a mistake.</summary>
internal static class ProductFile
{
    public static bool TryLoad(ProductDeclaration declared, List<string> mistakes, [NotNullWhen(true)] out Product? product)
    {
        ReportSchema? schema = Read(declared, mistakes);
        string[] found = [.. InSettings(declared), .. schema is null ? [] : InSchema(declared, schema)];
        mistakes.AddRange(found);
        product = schema is null || found.Length > 0 ? null : new Product(schema)
        {
            HasPublicStatistics = declared.HasPublicStatistics,
            AnswerStyle = declared.AnswerStyle,
            ApiKey = declared.ApiKey,
            ReportsPerHour = declared.ReportsPerHour,
        };
        return product is not null;
    }

    private static IEnumerable<string> InSettings(ProductDeclaration declared)
    {
        // Not taken for none: a variable that was left empty would open the door.
        if (declared.ApiKey is not null && string.IsNullOrWhiteSpace(declared.ApiKey))
        {
            yield return $"{declared.Name}: ApiKey must not be empty.";
        }

        if (declared.ReportsPerHour < 1)
        {
            yield return $"{declared.Name}: ReportsPerHour must be at least 1, or null for any number.";
        }
    }

    private static IEnumerable<string> InSchema(ProductDeclaration declared, ReportSchema schema) =>
        schema.Header.Product != declared.Name
            ? [$"{declared.Name}: its schema file {declared.SchemaFile} is that of \"{schema.Header.Product}\"."]
            : schema.FindIdentityMistakes().Select(m => $"{declared.Name}: schema file {declared.SchemaFile}: {m}");

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
