using NUnit.Framework;
using UsageReporting.TestSupport;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.TestSupport;

public sealed class VerifierTests
{
    [Test]
    public Task Verify_Text_IsComparedWithTheFileBesideThis() => Verifier.Verify("one\r\ntwo\n");

    [TestCase("a/b", 3)]
    [TestCase(null, -1)]
    public Task Verify_ParameterisedTest_HasASnapshotForEachCase(string? word, int number) =>
        Verifier.Verify($"{word} {number}");

    [Test]
    public Task Verify_Object_IsIndentedJson() =>
        Verifier.Verify(new { Name = "1000–9999", At = new DateTime(2026, 5, 18, 12, 0, 0, DateTimeKind.Utc) });

    [Test]
    public Task Verify_OtherInEveryRun_IsScrubbed()
    {
        Guid twice = Guid.NewGuid();
        return Verifier.Verify(
            $"""
            {twice} {Guid.NewGuid()} {twice.ToString().ToUpperInvariant()}
            {TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} 2026-05-18T12:00:00.5+00:00
            {RepositoryRoot.Combine("README.md")} {Path.Combine(Path.GetTempPath(), "file")}
            """);
    }

    [Test]
    public Task Verify_FixedValues_AreKeptOnRequest()
    {
        VerifySettings settings = new();
        settings.DontScrubGuids();
        settings.DontScrubDateTimes();
        return Verifier.Verify("f81d4fae-7dec-4d0a-a765-00a0c91e6bf6 2026-05-18T12:00:00Z", "json", settings);
    }
}
