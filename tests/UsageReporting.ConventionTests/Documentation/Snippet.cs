using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Documentation;

/// <summary>
/// C# in a page, compiled as a program of its own that also sees the types which other snippets of the page declare.
/// What a snippet takes for granted stands in comments of the page, which readers do not see:
/// <c>&lt;!-- given: WebApplicationBuilder builder; IHost host --&gt;</c> for variables,
/// <c>&lt;!-- types: class LibraryDb { } --&gt;</c> for types, and <c>&lt;!-- in: class --&gt;</c> right above a snippet
/// of members.
/// </summary>
internal sealed record Snippet(string Path, int Line, string Code)
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview);

    public string Given { get; init; } = "";

    public string Types { get; init; } = "";

    public IReadOnlyList<string> Others { get; init; } = [];

    public bool IsInClass { get; init; }

    /// <summary>What the compiler says against it, with the page's own line numbers.</summary>
    public IEnumerable<string> Errors()
    {
        // The types of other snippets have no path: their mistakes are named where they stand.
        SyntaxTree own = CSharpSyntaxTree.ParseText(IsInClass ? Class() : Program(), Parse);
        CSharpCompilation program = CSharpCompilation.Create(
            "Snippet",
            [
                own,
                CSharpSyntaxTree.ParseText(ImplicitUsings.Host, Parse),
                CSharpSyntaxTree.ParseText(GivenVariables(), Parse),
                CSharpSyntaxTree.ParseText(Types, Parse, $"types of {Path}"),
                .. TypesOfOthers(own),
            ],
            [.. References.OfOthers, .. References.OfOurs],
            new CSharpCompilationOptions(
                IsInClass ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable));
        return program.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree is var tree
                && (tree is null || tree == own || tree.FilePath.Length > 0))
            .Select(Describe);
    }

    private string Program()
    {
        string[] lines = Code.Split('\n');
        int usings = lines.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';')).Count();

        // A snippet of types only still needs a statement to be a program.
        return $"{At(0)}{string.Join('\n', lines[..usings])}\n_ = 0;\n{At(usings)}{string.Join('\n', lines[usings..])}";
    }

    private string Class() => $"partial class Program {{\n{At(0)}{Code}\n}}";

    // Fields, so that a snippet may have a variable of the same name.
    private string GivenVariables() =>
        "partial class Program {\n" + string.Concat(
            Given.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(variable => $"static {variable} = default!;\n")) + "}";

    private IEnumerable<SyntaxTree> TypesOfOthers(SyntaxTree own)
    {
        HashSet<string> seen = [.. TypeNames(own)];
        foreach (SyntaxTree other in Others.Select(code => CSharpSyntaxTree.ParseText(code, Parse)))
        {
            if (((CompilationUnitSyntax)other.GetRoot()).Members.All(member => member is BaseTypeDeclarationSyntax)
                && TypeNames(other).All(seen.Add))
            {
                yield return other;
            }
        }
    }

    private static IEnumerable<string> TypeNames(SyntaxTree tree) =>
        ((CompilationUnitSyntax)tree.GetRoot()).Members.OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text);

    private string At(int offset) => $"#line {Line + offset} \"{Path}\"\n";

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }
}
