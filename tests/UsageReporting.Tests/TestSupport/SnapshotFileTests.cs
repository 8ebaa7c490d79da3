using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Snapshots;
using VerifyTests;

namespace UsageReporting.Tests.TestSupport;

public sealed class SnapshotFileTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    private SnapshotFile Snapshot => new(_folder.Path, "Class.Method", "txt");

    private string Verified => _folder.Combine("Class.Method.verified.txt");

    private string Received => _folder.Combine("Class.Method.received.txt");

    [Test]
    public void Compare_NoSnapshot_FailsAndLeavesTheReceivedFile()
    {
        Assert.That(() => Snapshot.Compare("text"), Throws.TypeOf<VerifyException>().With.Message.Contains("no snapshot yet"));
        Assert.That(File.ReadAllText(Received), Is.EqualTo("text"));
        Assert.That(Verified, Does.Not.Exist);
    }

    [Test]
    public void Compare_Different_FailsWithTheFirstDifferentLine()
    {
        File.WriteAllText(Verified, "same\nold\nsame");

        Assert.That(
            () => Snapshot.Compare("same\nnew\nsame"),
            Throws.TypeOf<VerifyException>().With.Message.StartsWith(
                "Line 2 differs.\n  expected: old\n  actual:   new\n"));
        Assert.That(File.ReadAllText(Received), Is.EqualTo("same\nnew\nsame"));
    }

    [Test]
    public void Compare_EqualExceptForLineEnds_PassesAndRemovesAStaleReceivedFile()
    {
        File.WriteAllText(Verified, "a\r\nb");
        File.WriteAllText(Received, "of an earlier run");

        Snapshot.Compare("a\nb");

        Assert.That(Received, Does.Not.Exist);
    }

    [TestCase("a\nb", "a", "Line 2 differs.\n  expected: b\n  actual:   (end of text)")]
    [TestCase("a", "a\n", "Line 2 differs.\n  expected: (end of text)\n  actual:   ")]
    public void FirstDifference_OneIsLonger_SaysWhereTheOtherEnds(string expected, string actual, string message) =>
        Assert.That(SnapshotFile.FirstDifference(expected, actual), Is.EqualTo(message));
}
