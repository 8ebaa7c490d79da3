using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class VersionFieldTests
{
    private static readonly VersionField Any = UsageField.Version("version", "Version", "Why.");

    [TestCase("2.15.0")]
    [TestCase("0.0.0")]
    [TestCase("999999.0.0")]
    [TestCase("18446744073709551616.0")]
    [TestCase("1.2")]
    [TestCase("1.2.3.4")]
    [TestCase("01.02")]
    [TestCase("1.2.3-rc.1")]
    [TestCase("1.2.3-rc-1")]
    [TestCase("1.2.3--")]
    [TestCase("1.2.3+sha.1")]
    [TestCase("1.2.3-alpha.1+sha.5114f85")]
    [TestCase("1.2.3+build-7")]
    [TestCase("1.2-beta")]
    public void Allows_Version_Passes(string version) => Assert.That(Any.Allows(version), Is.True);

    [TestCase("")]
    [TestCase("1")]
    [TestCase("1.")]
    [TestCase(".1")]
    [TestCase("1..2")]
    [TestCase("1.2.")]
    [TestCase("1.2.3.4.5")]
    [TestCase("v1.2.3")]
    [TestCase("x1.2.3y")]
    [TestCase("-1.2.3")]
    [TestCase("1.-2.3")]
    [TestCase(" 1.2.3")]
    [TestCase("1.2.3 ")]
    [TestCase("1.2.3\n")]
    [TestCase("1.2.3\0")]
    [TestCase("1.2.3-")]
    [TestCase("1.2.3+")]
    [TestCase("1.2.3-+sha")]
    [TestCase("1.2.3-rc+")]
    [TestCase("1.2.3-rc..1")]
    [TestCase("1.2.3-rc.")]
    [TestCase("1.2.3-rc_1")]
    [TestCase("1.2.3+a+b")]
    [TestCase("1.2.3-rc+é")]
    [TestCase("1.2.3rc1")]
    [TestCase("1.2.x")]
    [TestCase("1,2,3")]
    [TestCase("١.٢.٣")]
    [TestCase("1.2.３")]
    [TestCase("1.2.3-\u202Erc")]
    [TestCase("1.2.3\u200B")]
    public void Allows_SomethingElse_IsRefused(string version) => Assert.That(Any.Allows(version), Is.False);

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Allows_Length_EndsAt64(int length, bool allowed) =>
        Assert.That(Any.Allows("1.2.3-" + new string('a', length - 6)), Is.EqualTo(allowed));

    [TestCase(2, "1.2", true)]
    [TestCase(2, "1.2-rc", true)]
    [TestCase(2, "1.2.3", false)]
    [TestCase(3, "1.2", false)]
    [TestCase(3, "1.2.3", true)]
    [TestCase(3, "1.2.3.4", false)]
    [TestCase(4, "1.2.3.4", true)]
    public void Allows_FixedParts_OnlyThese(int parts, string version, bool allowed)
    {
        Assert.That(UsageField.Version("v", "V", "Why.", parts).Allows(version), Is.EqualTo(allowed));
        Assert.That(UsageField.Versions("v", "V", "Why.", ["word"], parts).Allows(version), Is.EqualTo(allowed));
    }
}
