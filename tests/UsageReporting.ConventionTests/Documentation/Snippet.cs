using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Documentation;

/// <summary>
/// C# in a page. It is a program of its own unless comments right above it, which readers do not see, say otherwise:
/// <c>&lt;!-- given: var builder = WebApplication.CreateBuilder(); --&gt;</c> for what comes before it,
/// <c>&lt;!-- types: class LibraryDb; --&gt;</c> for types it speaks of, <c>&lt;!-- in: class --&gt;</c> for members.
/// </summary>
internal sealed record Snippet(string Path, int Line, string Code, string Given, string Types, bool IsInClass)
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview);

    /// <summary>What the compiler says against it, with the page's own line numbers.</summary>
    public IEnumerable<string> Errors()
    {
        CSharpCompilation program = CSharpCompilation.Create(
            "Snippet",
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings.Host, Parse),
                CSharpSyntaxTree.ParseText(Types, Parse, $"types of {Path}"),
                CSharpSyntaxTree.ParseText(IsInClass ? Class() : Program(), Parse),
            ],
            [.. References.OfOthers, .. References.OfOurs],
            new CSharpCompilationOptions(
                IsInClass ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable));
        return program.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(Describe);
    }

    private string Program()
    {
        string[] lines = Code.Split('\n');
        int usings = lines.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';')).Count();

        // A program of types only still needs a statement to be one.
        return $"{At(0)}{string.Join('\n', lines[..usings])}\n{Given}\n_ = 0;\n{At(usings)}{string.Join('\n', lines[usings..])}";
    }

    private string Class() => $"partial class Snippet {{\n{At(0)}{Code}\n}}";

    private string At(int offset) => $"#line {Line + offset} \"{Path}\"\n";

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
