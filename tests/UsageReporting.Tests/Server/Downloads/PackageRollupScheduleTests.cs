using NUnit.Framework;
using UsageReporting.Server.Downloads;

namespace UsageReporting.Tests.Server.Downloads;

public sealed class PackageRollupScheduleTests
{
    [TestCase(0, true, false, true)]
    [TestCase(0, false, false, false)]
    [TestCase(59, false, false, false)]
    [TestCase(60, false, false, true)]
    [TestCase(29, true, true, false)]
    [TestCase(30, false, true, true)]
    public void IsDue_AfterSeconds_AsThereIsSomethingToDo(int seconds, bool hasNews, bool hasFailed, bool expected) =>
        Assert.That(PackageRollupSchedule.IsDue(TimeSpan.FromSeconds(seconds), hasNews, hasFailed), Is.EqualTo(expected));
}
