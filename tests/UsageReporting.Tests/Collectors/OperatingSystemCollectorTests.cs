using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.Core.Collectors;
using UsageReporting.Core.Machine;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Collectors;

public sealed class OperatingSystemCollectorTests
{
    [TestCase("windows", "10.0.19045.0", ExpectedResult = "windows 10")]
    [TestCase("windows", "10.0.20348.0", ExpectedResult = "windows 10")]
    [TestCase("windows", "10.0.22000.0", ExpectedResult = "windows 11")]
    [TestCase("windows", "10.0.26100.4061", ExpectedResult = "windows 11")]
    [TestCase("macos", "15.3.1", ExpectedResult = "macos 15")]
    [TestCase("freebsd", "14.2.0.0", ExpectedResult = "freebsd 14")]
    [TestCase("other", "9.1.4.2", ExpectedResult = "other ")]
    public Task<string> CollectAsync_System_IsItsFamilyAndRelease(string family, string version) =>
        DetectAsync(new FakeMachine { SystemFamily = family, SystemVersion = Version.Parse(version) });

    [TestCase("ID=debian\nVERSION_ID=\"12\"\n", ExpectedResult = "linux debian-12")]
    [TestCase("NAME=\"Ubuntu\"\nVERSION_ID='24.04'\nID=ubuntu\n", ExpectedResult = "linux ubuntu-24.04")]
    [TestCase("ID=\"alpine\"\r\nVERSION_ID=3.20.3\r\n", ExpectedResult = "linux alpine-3.20")]
    [TestCase("ID=\"rhel\"\nVERSION_ID=\"9.4\"", ExpectedResult = "linux rhel-9.4")]
    [TestCase("ID=arch\nBUILD_ID=rolling\n", ExpectedResult = "linux arch")]
    [TestCase("ID=opensuse-tumbleweed\nVERSION_ID=\"20260518\"\n", ExpectedResult = "linux opensuse-tumbleweed")]
    [TestCase("ID=debian\nVERSION_ID=trixie/sid\n", ExpectedResult = "linux debian")]
    [TestCase("ID=debian\nVERSION_ID=\n", ExpectedResult = "linux debian")]
    [TestCase("ID=alices-linux\nVERSION_ID=12\n", ExpectedResult = "linux ")]
    [TestCase("VARIANT_ID=debian\nID_LIKE=debian\n", ExpectedResult = "linux ")]
    [TestCase("", ExpectedResult = "linux ")]
    public Task<string> CollectAsync_Linux_IsAKnownDistributionAndItsCoarseNumber(string osRelease)
    {
        FakeMachine machine = new();
        machine.Files["/etc/os-release"] = osRelease;
        return DetectAsync(machine);
    }

    [Test]
    public async Task CollectAsync_LinuxWithoutEtc_ReadsTheOtherPlace()
    {
        FakeMachine machine = new();
        Assert.That(await DetectAsync(machine), Is.EqualTo("linux "));

        machine.Files["/usr/lib/os-release"] = "ID=fedora\nVERSION_ID=42\n";
        Assert.That(await DetectAsync(machine), Is.EqualTo("linux fedora-42"));
    }

    [Test]
    public async Task CollectAsync_ThisMachine_IsAsDeclared() =>
        Assert.That(await DetectAsync(new LocalMachine()), Does.Match(@"\A[a-z]+ ([a-z-]+|([a-z]+-)*\d{1,4}(\.\d{1,4})?)?\z"));

    private static async Task<string> DetectAsync(IMachine machine)
    {
        UsageValues values = new(OperatingSystemCollector.Fields);
        await new OperatingSystemCollector(machine).CollectAsync(values, CancellationToken.None);
        (IReadOnlyDictionary<string, JsonNode> taken, IReadOnlyCollection<string> dropped) = values.Close();
        Assert.That(dropped, Is.Empty);
        return $"{taken["os"]} {taken.GetValueOrDefault("os_version")}";
    }
}
