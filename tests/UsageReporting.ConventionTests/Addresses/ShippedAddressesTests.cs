using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.ConventionTests.Sources;
using UsageReporting.TestSupport;

namespace UsageReporting.ConventionTests.Addresses;

/// <summary>What <c>docs/privacy-of-the-library.md</c> says about each package, held against the assemblies that are shipped.</summary>
public sealed partial class ShippedAddressesTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "privacy-of-the-library.md"));

    private static IEnumerable<string> Packages => SourceCode.ProjectNames;

    [TestCaseSource(nameof(Packages))]
    public void Addresses_InEachPackage_AreThoseOfThePage(string package)
    {
        string[] documented = [.. Row().Matches(Page).Where(row => row.Groups[1].Value == package).SelectMany(row => Quoted().Matches(row.Groups[3].Value)).Select(word => word.Groups[1].Value)];

        Assert.That(new ShippedAssembly(package).Addresses(), Is.EquivalentTo(documented));
    }

    [TestCaseSource(nameof(Packages))]
    public void WaysOut_OfEachPackage_AreThoseOfThePage(string package)
    {
        string whom = Row().Matches(Page).Single(row => row.Groups[1].Value == package).Groups[2].Value;

        Assert.That(new ShippedAssembly(package).WaysOut().Any(), Is.EqualTo(whom != "nobody"), $"It speaks to {whom}.");
    }

    // | `package` | whom it speaks to | addresses |
    [GeneratedRegex(@"^\| `(UsageReporting\.[A-Za-z.]+)` \| ([^|]+) \| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z]+://[^`]+)`")]
    private static partial Regex Quoted();
}
