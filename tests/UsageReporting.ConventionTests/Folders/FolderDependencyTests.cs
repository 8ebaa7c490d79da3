using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Folders;

public sealed class FolderDependencyTests
{
    [Test]
    public void Folders_OfEveryProject_AreInTheTable()
    {
        string[] unknown =
        [
            .. from project in SourceCode.Projects
               from tree in SourceCode.Files(project)
               let file = SourceFile.Of(tree.FilePath)
               where FolderTable.Find(file.Project) is not { } folders
                   || (file.Folder.Length > 0 && folders.LayerOf(file.Folder) is null)
               select file.ToString(),
        ];

        Assert.That(
            unknown.Distinct(), Is.Empty,
            "FolderTable.cs does not know these; give each a place between what it uses and what uses it.");
    }

    [Test]
    public void Dependencies_OfEveryFolder_PointOneWay()
    {
        string[] forbidden =
        [
            .. SourceCode.Projects.SelectMany(FolderEdges.Between)
                .Where(edge => !FolderRule.Allows(edge.From, edge.To)).Select(edge => edge.ToString()),
        ];

        Assert.That(forbidden, Is.Empty, string.Join('\n', forbidden));
    }

    // Without this the test above would pass if names no longer resolved.
    [Test]
    public void Between_OurProjects_FindsAboutAsManyEdgesAsThereAreUses()
    {
        foreach (CSharpCompilation project in SourceCode.Projects.Where(project => SourceCode.Files(project).Count() > 1))
        {
            int files = SourceCode.Files(project).Count();
            Assert.That(FolderEdges.Between(project).Count(), Is.GreaterThan(5 * files), project.AssemblyName);
        }
    }

    [TestCase("Schema", "Consent", false)]
    [TestCase("Consent", "Schema", true)]
    [TestCase("Collectors", "Recording", false)]
    [TestCase("Recording", "Collectors", false)]
    [TestCase("Reporting", "DependencyInjection", false)]
    [TestCase("DependencyInjection", "Reporting", true)]
    [TestCase("Preview", "", true)]
    [TestCase("", "Preview", false)]
    public void Allows_WithinCore_OnlyDownwards(string from, string to, bool allowed) =>
        AssertAllows($"UsageReporting.Core/{from}", $"UsageReporting.Core/{to}", allowed);

    [TestCase("Transports/Http", "Core/Delivery", true)]
    [TestCase("Transports/Http", "Core/DependencyInjection", false)]
    [TestCase("Transports/DependencyInjection", "Core/DependencyInjection", true)]
    [TestCase("Transports/Http", "Transports/Console", false)]
    [TestCase("CommandLine/", "Core/Reporting", true)]
    [TestCase("CommandLine/", "Transports/Http", false)]
    [TestCase("Core/Delivery", "Transports/Http", false)]
    [TestCase("Server/Validation", "Core/Schema", true)]
    [TestCase("Server/Validation", "Core/Collection", false)]
    [TestCase("Server/Ingest", "Server/Storage", true)]
    [TestCase("Server/Ingest", "Server/Storage/Sqlite", false)]
    [TestCase("Server/Storage/Sqlite", "Server/Storage", true)]
    [TestCase("Server/DependencyInjection", "Server/Storage/Sqlite", true)]
    public void Allows_OtherFolders_AsTheTableSays(string from, string to, bool allowed) =>
        AssertAllows($"UsageReporting.{from}", $"UsageReporting.{to}", allowed);

    // One of each way in which code uses other code; using directives and documentation are none.
    [TestCase("class A { Low.B? b; }")]
    [TestCase("class A { object b = new Low.B(); }")]
    [TestCase("class A { static void Take(Low.B b) { } object b = Low.Make.One(); }")]
    [TestCase("using Low; class A { void M() { 1.Extended(); } }")]
    [TestCase("using Low; class A { int M(object o) => o is B ? 1 : 0; }")]
    [TestCase("using Low; class A : B;")]
    [TestCase("using static Low.Make; class A { object b = One(); }")]
    [TestCase("using Low; [Marked] class A;")]
    [TestCase("using Low; class A { string b = nameof(B); }")]
    public void Between_AnyUse_IsAnEdgeWithFileAndLine(string text)
    {
        FolderEdge[] edges = [.. EdgesOf(text)];

        Assert.That(edges, Is.Not.Empty);
        Assert.That(edges[0].ToString(), Does.StartWith("src/Project/High/A.cs:1: Project/High → Project/Low: "));
    }

    [Test]
    public void Between_UsingDirectiveOrDocumentation_IsNoEdge() =>
        Assert.That(EdgesOf("using Low;\n/// <summary><see cref=\"B\"/></summary>\nclass A;"), Is.Empty);

    private static IEnumerable<FolderEdge> EdgesOf(string text)
    {
        const string Low =
            """
            namespace Low;
            public class B;
            public sealed class MarkedAttribute : System.Attribute;
            public static class Make { public static B One() => new(); public static void Extended(this int i) { } }
            """;
        return FolderEdges.Between(
            SourceCode.Compile("Project", [("Project/Low/B.cs", Low), ("Project/High/A.cs", text)], []));
    }

    private static void AssertAllows(string from, string to, bool allowed) =>
        Assert.That(FolderRule.Allows(SourceFile.Of($"{from}/A.cs"), SourceFile.Of($"{to}/B.cs")), Is.EqualTo(allowed));
}
