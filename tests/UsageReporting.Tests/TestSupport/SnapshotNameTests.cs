using NUnit.Framework;
using UsageReporting.TestSupport.Snapshots;

namespace UsageReporting.Tests.TestSupport;

public sealed class SnapshotNameTests
{
    [Test]
    public void Of_NoParameters_IsClassAndMethod() =>
        Assert.That(SnapshotName.Of("Class", "Method", [], []), Is.EqualTo("Class.Method"));

    [Test]
    public void Of_Parameters_AreSpeltAsAFileNameMayBe() =>
        Assert.That(
            SnapshotName.Of("Class", "Method", ["path", "share", "none"], ["a/b c", 1.5, null]),
            Is.EqualTo("Class.Method_path=a-b-c_share=1.5_none=null"));
}
