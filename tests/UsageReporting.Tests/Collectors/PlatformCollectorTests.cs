using System.Runtime.InteropServices;
using NUnit.Framework;
using UsageReporting.Core.Collectors;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Collectors;

public sealed class PlatformCollectorTests
{
    [TestCase(Architecture.X64, ExpectedResult = "x86_64")]
    [TestCase(Architecture.X86, ExpectedResult = "i686")]
    [TestCase(Architecture.Arm64, ExpectedResult = "aarch64")]
    [TestCase(Architecture.Arm, ExpectedResult = "armv7l")]
    [TestCase(Architecture.Armv6, ExpectedResult = "armv6l")]
    [TestCase(Architecture.LoongArch64, ExpectedResult = "loongarch64")]
    [TestCase(Architecture.RiscV64, ExpectedResult = "riscv64")]
    [TestCase(Architecture.Ppc64le, ExpectedResult = "ppc64le")]
    [TestCase(Architecture.S390x, ExpectedResult = "s390x")]
    [TestCase(Architecture.Wasm, ExpectedResult = "other")]
    [TestCase((Architecture)999, ExpectedResult = "other")]
    public string Spell_Architecture_IsAsUnameSpellsIt(Architecture architecture) => PlatformCollector.Spell(architecture);

    [Test]
    public async Task CollectAsync_Machine_IsItsArchitecture()
    {
        UsageValues values = new(PlatformCollector.Fields);
        await new PlatformCollector(new FakeMachine { Architecture = Architecture.Arm64 })
            .CollectAsync(values, CancellationToken.None);

        Assert.That((string?)values.Close().Values["arch"], Is.EqualTo("aarch64"));
    }
}
