using NUnit.Framework;
using UsageReporting.Server.Badges;

namespace UsageReporting.Tests.Server.Badges;

public sealed class BadgeNumberTests
{
    [TestCase(0, "0")]
    [TestCase(999, "999")]
    [TestCase(1_000, "1k")]
    [TestCase(1_299, "1.2k")]
    [TestCase(9_999, "9.9k")]
    [TestCase(10_999, "10k")]
    [TestCase(999_999, "999k")]
    [TestCase(1_000_000, "1M")]
    [TestCase(1_290_000, "1.2M")]
    [TestCase(long.MaxValue, "9223372036G")]
    public void Of_AnyNumber_IsCutOff(long number, string expected) => Assert.That(BadgeNumber.Of(number), Is.EqualTo(expected));
}
