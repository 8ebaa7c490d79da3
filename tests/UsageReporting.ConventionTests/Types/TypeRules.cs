using Microsoft.CodeAnalysis;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Types;

/// <summary>What a type must be like, apart from what the compiler and its analyzers hold already.</summary>
internal static class TypeRules
{
    private static readonly string[] UnwantedEndings = ["Utils", "Util", "Helper", "Helpers", "Common", "Manager"];

    // What extends types of others stands in their namespaces, so that a host needs no further using.
    private static readonly string[] NamespacesOfExtensions =
        ["Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting"];

    public static IEnumerable<string> MistakesIn(INamedTypeSymbol type, string file)
    {
        string name = type.Name;
        string given = type.ContainingNamespace.ToDisplayString();
        string[] expected = [.. Namespaces(type, SourceFile.Of(file))];
        if (!expected.Contains(given))
        {
            yield return $"src/{file}: {name} is in {given} and should be in {string.Join(" or ", expected)}.";
        }

        if (Path.GetFileNameWithoutExtension(file) != name)
        {
            yield return $"src/{file}: the file should be named for {name}.";
        }

        if (UnwantedEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
        {
            yield return $"src/{file}: {name} does not say what it does.";
        }

        if (type is { TypeKind: TypeKind.Class, IsSealed: false, IsStatic: false, IsAbstract: false })
        {
            yield return $"src/{file}: {name} is neither sealed nor static nor abstract.";
        }

        foreach (ISymbol member in type.GetMembers().Where(IsMutableStatic))
        {
            yield return $"src/{file}: {name}.{member.Name} is state that everybody can change.";
        }
    }

    private static IEnumerable<string> Namespaces(INamedTypeSymbol type, SourceFile file)
    {
        if (type.DeclaredAccessibility != Accessibility.Public)
        {
            return [string.Join('.', [file.Project, .. file.Folder.Split('/', StringSplitOptions.RemoveEmptyEntries)])];
        }

        string ofThePackage = file.Project.StartsWith("UsageReporting.Server", StringComparison.Ordinal) ? "UsageReporting.Server" : "UsageReporting";
        return type.GetMembers().OfType<IMethodSymbol>().Any(method => method.IsExtensionMethod)
            ? [ofThePackage, .. NamespacesOfExtensions]
            : [ofThePackage];
    }

    private static bool IsMutableStatic(ISymbol member) =>
        member is { IsStatic: true, DeclaredAccessibility: Accessibility.Public }
        && member switch
        {
            IFieldSymbol field => !field.IsConst && (!field.IsReadOnly || field.Type is IArrayTypeSymbol),
            IPropertySymbol property => property is { SetMethod: not null, IsIndexer: false },
            _ => false,
        };
}
