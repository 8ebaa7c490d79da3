using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using UsageReporting.ConventionTests.Sources;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.ConventionTests.PublicApi;

public sealed class PublicApiTests
{
    private static IEnumerable<string> Packages => SourceCode.ProjectNames;

    // A change of the snapshot is a change for users: of their source, of their binaries, or of what they may rely on.
    [TestCaseSource(nameof(Packages))]
    public Task PublicApi_OfEachPackage_IsWhatTheSnapshotSays(string package)
    {
        VerifySettings settings = new();
        settings.UseFileName($"PublicApi.{package}");
        settings.DontScrubDateTimes();
        settings.DontScrubGuids();
        return Verifier.Verify(PublicApiWriter.Write(Built(package)), settings);
    }

    private static IAssemblySymbol Built(string package)
    {
        CSharpCompilation everything = CSharpCompilation.Create(
            "api", references: [.. References.OfOthers, .. References.OfOurs]);
        return everything.SourceModule.ReferencedAssemblySymbols.Single(assembly => assembly.Name == package);
    }
}
