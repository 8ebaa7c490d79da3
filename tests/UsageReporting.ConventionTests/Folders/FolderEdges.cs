using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Folders;

/// <summary>Finds what each file uses of others, by what names mean and not by how they are spelt.</summary>
internal static class FolderEdges
{
    /// <summary>Every use of a symbol that another file of ours declares; the same folder included.</summary>
    public static IEnumerable<FolderEdge> Between(CSharpCompilation project)
    {
        foreach (SyntaxTree tree in SourceCode.Files(project))
        {
            SemanticModel model = project.GetSemanticModel(tree);
            SourceFile from = SourceFile.Of(tree.FilePath);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes().Where(MayUse))
            {
                foreach (string path in Declarations(model.GetSymbolInfo(node)).Where(path => path != tree.FilePath))
                {
                    int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                    yield return new FolderEdge(tree.FilePath, line, from, SourceFile.Of(path), node.ToString());
                }
            }
        }
    }

    // Names, and what uses a constructor or an indexer without naming it.
    private static bool MayUse(SyntaxNode node) =>
        node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax or ElementAccessExpressionSyntax
            or ConstructorInitializerSyntax;

    private static IEnumerable<string> Declarations(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        if (symbol is INamespaceSymbol)
        {
            return [];
        }

        // What the compiler adds to a type, such as a constructor without parameters, is declared where the type is.
        while (symbol is { DeclaringSyntaxReferences.IsEmpty: true, ContainingType: not null })
        {
            symbol = symbol.ContainingType;
        }

        return symbol?.OriginalDefinition.DeclaringSyntaxReferences.Select(r => r.SyntaxTree.FilePath).Distinct() ?? [];
    }
}
