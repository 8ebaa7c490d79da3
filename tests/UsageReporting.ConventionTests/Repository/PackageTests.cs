using System.Xml.Linq;
using NUnit.Framework;
using UsageReporting.ConventionTests.Sources;

namespace UsageReporting.ConventionTests.Repository;

public sealed class PackageTests
{
    // What each package brings into a host: a new entry is a decision, not a side effect.
    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["UsageReporting.Core"] =
        [
            "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions", "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        ],
        ["UsageReporting.Transports"] = ["UsageReporting.Core", "Microsoft.Extensions.Http"],
        ["UsageReporting.CommandLine"] = ["UsageReporting.Core", "System.CommandLine"],
        ["UsageReporting.GoogleAnalytics"] = ["UsageReporting.Core"],
        ["UsageReporting.AspNetCore"] = ["UsageReporting.Core", "Microsoft.AspNetCore.App"],
        ["UsageReporting.Testing"] = ["UsageReporting.Core", "Microsoft.Extensions.DependencyInjection"],
        ["UsageReporting.Server"] =
        [
            "UsageReporting.Core", "Microsoft.AspNetCore.App", "Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3",
            "SQLitePCLRaw.core",
        ],
        ["UsageReporting.Server.PostgreSql"] = ["UsageReporting.Server", "Microsoft.AspNetCore.App", "Npgsql"],
    };

    private static IEnumerable<string> Packages => SourceCode.ProjectNames;

    [TestCaseSource(nameof(Packages))]
    public void References_OfEachPackage_AreTheAllowedOnes(string package)
    {
        XDocument project = XDocument.Load(Path.Combine(SourceCode.Root, package, $"{package}.csproj"));
        IEnumerable<string> references = project.Descendants()
            .Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference")
            .Select(element => (string)element.Attribute("Include")!)
            .Select(include => include.EndsWith(".csproj", StringComparison.Ordinal)
                ? Path.GetFileNameWithoutExtension(include.Replace('\\', '/'))
                : include);

        Assert.That(AllowedReferences, Contains.Key(package), "A new package needs an entry here.");
        Assert.That(references, Is.SubsetOf(AllowedReferences[package]));
    }

    [TestCaseSource(nameof(Packages))]
    public void Readme_OfEachPackage_IsThere(string package) =>
        Assert.That(Path.Combine(SourceCode.Root, package, "README.md"), Does.Exist);
}
