using NUnit.Framework;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Types;

public sealed class TypeRuleTests
{
    [Test]
    public void Types_OfEveryProject_KeepTheRules()
    {
        string[] mistakes = [.. DeclaredTypes.All.SelectMany(declared => TypeRules.MistakesIn(declared.Type, declared.File))];

        Assert.That(DeclaredTypes.All, Has.Count.GreaterThan(20));
        Assert.That(mistakes, Is.Empty, string.Join('\n', mistakes));
    }

    [Test]
    public void Files_OfEveryProject_HaveOneTypeEach()
    {
        string[] several =
        [
            .. DeclaredTypes.All.GroupBy(declared => declared.File).Where(file => file.Count() > 1).Select(file =>
                $"src/{file.Key} has {string.Join(" and ", file.Select(declared => declared.Type.Name))}."),
        ];

        Assert.That(several, Is.Empty, string.Join('\n', several));
    }

    [TestCase("namespace UsageReporting; public sealed class A;", "UsageReporting.Core/Schema/A.cs")]
    [TestCase("namespace UsageReporting.Core.Schema; internal sealed class A;", "UsageReporting.Core/Schema/A.cs")]
    [TestCase("namespace UsageReporting.Core; internal static class A;", "UsageReporting.Core/A.cs")]
    [TestCase("namespace UsageReporting.Server; public sealed class A;", "UsageReporting.Server/Ingest/A.cs")]
    [TestCase("namespace UsageReporting.Server.Storage.Sqlite; internal enum A;", "UsageReporting.Server/Storage/Sqlite/A.cs")]
    [TestCase("namespace UsageReporting; public abstract class A { public static readonly int B = 1; }", "UsageReporting.Core/A.cs")]
    [TestCase("namespace Microsoft.AspNetCore.Builder; public static class A { public static void B(this int c) { } }", "UsageReporting.Server/A.cs")]
    public void MistakesIn_GoodType_None(string text, string file) => Assert.That(MistakesIn(text, file), Is.Empty);

    [TestCase("namespace UsageReporting.Core.Schema; public sealed class A;", "UsageReporting.Core/Schema/A.cs", "should be in UsageReporting.")]
    [TestCase("namespace UsageReporting; internal sealed class A;", "UsageReporting.Core/Schema/A.cs", "should be in UsageReporting.Core.Schema.")]
    [TestCase("namespace UsageReporting; public sealed class A;", "UsageReporting.Server/Ingest/A.cs", "should be in UsageReporting.Server.")]
    [TestCase("namespace Microsoft.AspNetCore.Builder; public sealed class A;", "UsageReporting.Server/A.cs", "should be in UsageReporting.Server.")]
    [TestCase("namespace UsageReporting; public sealed class A;", "UsageReporting.Core/B.cs", "should be named for A")]
    [TestCase("namespace UsageReporting; public sealed class JsonHelpers;", "UsageReporting.Core/JsonHelpers.cs", "does not say")]
    [TestCase("namespace UsageReporting; public class A;", "UsageReporting.Core/A.cs", "neither sealed")]
    [TestCase("namespace UsageReporting; public record A;", "UsageReporting.Core/A.cs", "neither sealed")]
    [TestCase("namespace UsageReporting; public sealed class A { public static int B; }", "UsageReporting.Core/A.cs", "A.B is state")]
    [TestCase("namespace UsageReporting; public sealed class A { public static int B { get; set; } }", "UsageReporting.Core/A.cs", "A.B is state")]
    [TestCase("namespace UsageReporting; public static class A { public static readonly int[] B = []; }", "UsageReporting.Core/A.cs", "A.B is state")]
    public void MistakesIn_BadType_AreNamed(string text, string file, string mistake) =>
        Assert.That(MistakesIn(text, file), Has.Exactly(1).Contains(mistake));

    private static IEnumerable<string> MistakesIn(string text, string file) =>
        DeclaredTypes.In(SourceCode.Compile("Project", [(file, text)], []))
            .SelectMany(declared => TypeRules.MistakesIn(declared.Type, declared.File));
}
