using System.Reflection;
using System.Reflection.Emit;
using NUnit.Framework;
using UsageReporting.Core.Collectors;

namespace UsageReporting.Tests.Collectors;

public sealed class BuildInformationTests
{
    private const string Hash = "bd86dca57aaaabbbbccccddddeeeeffff0000111";

    [TestCase("2.15.0", "2.15.0", null)]
    [TestCase("2.15.0-rc.1+" + Hash, "2.15.0-rc.1", "bd86dca57")]
    [TestCase("2.15.0+nightly." + Hash, "2.15.0", "bd86dca57")]
    [TestCase("2.15.0+nightly.5", "2.15.0", null)]
    [TestCase("2.15.0+unversioned", "2.15.0", null)]
    [TestCase("2.15.0+", "2.15.0", null)]
    public void Of_InformationalVersion_ItsHashIsTheCommit(string written, string version, string? commit) =>
        Assert.That(
            BuildInformation.Of(AssemblyWith(InformationalVersion(written))),
            Is.EqualTo(new BuildInformation(version, null, commit, null)));

    [Test]
    public void Of_Metadata_IsWhatTheBuildWrote() =>
        Assert.That(
            BuildInformation.Of(AssemblyWith(
                InformationalVersion("2.15.0+0123456789abcdef"),
                Metadata("UsageReporting.Channel", "beta"),
                Metadata("UsageReporting.Commit", Hash),
                Metadata("UsageReporting.BuildDate", "2026-05-18T12:00:00Z"),
                Metadata("RepositoryUrl", "https://example.org/app"))),
            Is.EqualTo(new BuildInformation(
                "2.15.0", "beta", "bd86dca57", new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero))));

    [TestCase("2026-05-18T14:00:00+02:00", "2026-05-18T12:00:00Z")]
    [TestCase("2026-05-18", "2026-05-18T00:00:00Z")]
    [TestCase("yesterday", null)]
    [TestCase("", null)]
    public void Of_BuildDate_IsReadAsUtcUnlessItSaysOtherwise(string written, string? expected) =>
        Assert.That(
            BuildInformation.Of(AssemblyWith(Metadata("UsageReporting.BuildDate", written))).BuildDate is { } date
                ? DateField.Write(date)
                : null,
            Is.EqualTo(expected));

    [Test]
    public void Of_ShortCommit_StaysAsItIs() =>
        Assert.That(
            BuildInformation.Of(AssemblyWith(Metadata("UsageReporting.Commit", "bd86dca"))).Commit, Is.EqualTo("bd86dca"));

    [Test]
    public void Of_NoAssembly_KnowsNothing() =>
        Assert.That(BuildInformation.Of(null), Is.EqualTo(new BuildInformation(null, null, null, null)));

    private static AssemblyBuilder AssemblyWith(params CustomAttributeBuilder[] attributes) =>
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("app"), AssemblyBuilderAccess.RunAndCollect, attributes);

    private static CustomAttributeBuilder InformationalVersion(string version) =>
        new(typeof(AssemblyInformationalVersionAttribute).GetConstructor([typeof(string)])!, [version]);

    private static CustomAttributeBuilder Metadata(string key, string value) =>
        new(typeof(AssemblyMetadataAttribute).GetConstructor([typeof(string), typeof(string)])!, [key, value]);
}
