using NUnit.Framework;
using UsageReporting.Server.Hosting;

namespace UsageReporting.Tests.Server.Hosting;

public sealed class ConnectionRoomTests
{
    [TestCase("20000", 2_000), TestCase("2600", 2_000), TestCase("1024", 424), TestCase("100", 1), TestCase("unlimited", 2_000)]
    public void In_LimitOfFiles_LeavesRoomForOthers(string files, int connections) =>
        Assert.That(
            ConnectionRoom.In(["Limit            Soft Limit  Hard Limit  Units", $"Max open files   {files}  524288  files     "]),
            Is.EqualTo(connections));

    [Test]
    public void In_NoSuchLine_IsAll() => Assert.That(ConnectionRoom.In([]), Is.EqualTo(2_000));
}
