using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UsageReporting.TestSupport;

namespace UsageReporting.ConventionTests.Sources;

/// <summary>
/// The projects under <c>src</c> as the compiler sees them. What source generators would add is missing, so there are
/// binding errors in a few places; every name that our own files declare still resolves.
/// </summary>
internal static class SourceCode
{
    // The newest C# that this compiler library knows; the SDK's own compiler may be a version ahead of it.
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview);

    private static readonly Lazy<IReadOnlyList<CSharpCompilation>> Compiled = new(Compile);

    public static string Root { get; } = RepositoryRoot.Combine("src");

    /// <summary>The names of the projects, each after those that it refers to.</summary>
    public static IReadOnlyList<string> ProjectNames { get; } =
    [
        .. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder))
            .OrderBy(name => name != "UsageReporting.Core").ThenBy(name => name.Length).ThenBy(name => name),
    ];

    public static IReadOnlyList<CSharpCompilation> Projects => Compiled.Value;

    /// <summary>Compiles files, given as path below <c>src</c> and text, into one project.</summary>
    public static CSharpCompilation Compile(
        string project, IEnumerable<(string Path, string Text)> files, IEnumerable<CSharpCompilation> referred) =>
        CSharpCompilation.Create(
            project,
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings.Library, Parse),
                .. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, Parse, file.Path)),
            ],
            [.. References.OfOthers, .. referred.Select(other => other.ToMetadataReference())],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The trees of a project's own files.</summary>
    public static IEnumerable<SyntaxTree> Files(CSharpCompilation project) =>
        project.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);

    private static List<CSharpCompilation> Compile()
    {
        List<CSharpCompilation> projects = [];
        foreach (string name in ProjectNames)
        {
            projects.Add(Compile(name, FilesOf(name), projects));
        }

        return projects;
    }

    private static IEnumerable<(string Path, string Text)> FilesOf(string project) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where path.Split('/')[1] is not ("bin" or "obj")
        orderby path
        select (path, File.ReadAllText(file));
}
