using NUnit.Framework;
using UsageReporting.Server.Downloads;

namespace UsageReporting.Tests.Server.Downloads;

public sealed class PackagePatternTests
{
    [TestCase("wp-plugin/*", "wp-plugin/akismet", true)]
    [TestCase("wp-plugin/*", "wp-plugins/akismet", false)]
    [TestCase("wp-plugin/*", "wp-theme/astra", false)]
    [TestCase("*/akismet", "wp-plugin/akismet", true)]
    [TestCase("*/akismet", "wp-plugin/akismet2", false)]
    [TestCase("*/*", "a/b", true)]
    [TestCase("a/b", "a/b", true)]
    [TestCase("a/b", "a/c", false)]
    public void Matches_Package_AsWritten(string pattern, string package, bool expected) =>
        Assert.That(PackagePattern.Parse(pattern)!.Matches(package), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("*")]
    [TestCase("wp-plugin")]
    [TestCase("wp-*/a")]
    [TestCase("a/b/c")]
    [TestCase("A/b")]
    [TestCase("/b")]
    [TestCase("a/")]
    [TestCase(" a/b")]
    public void Parse_AnythingElse_IsNone(string pattern) => Assert.That(PackagePattern.Parse(pattern), Is.Null);
}
