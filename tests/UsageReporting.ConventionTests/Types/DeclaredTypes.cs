using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Types;

/// <summary>The types that our files declare, those within others left out.</summary>
internal static class DeclaredTypes
{
    public static IReadOnlyList<(INamedTypeSymbol Type, string File)> All { get; } =
        [.. SourceCode.Projects.SelectMany(In)];

    public static IEnumerable<(INamedTypeSymbol Type, string File)> In(CSharpCompilation project) =>
        from tree in SourceCode.Files(project)
        let model = project.GetSemanticModel(tree)
        from declaration in tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        where declaration is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
        select ((INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!, tree.FilePath);
}
