using System.Net;
using NUnit.Framework;
using UsageReporting.Server.Downloads;

namespace UsageReporting.Tests.Server.Downloads;

public sealed class ClientHashTests
{
    private const long Monday = 1_779_062_400; // 2026-05-18T00:00:00Z
    private const long Day = 86_400;
    private const string Agent = "Composer/2.5.5 (Linux)";

    private static readonly IPAddress Client = IPAddress.Parse("203.0.113.7");

    [Test]
    public void OfInstall_SameDayClientPackageAndVersion_IsTheSame()
    {
        ClientHash hash = new();

        Assert.That(Of(hash, Monday + Day - 3_600), Is.EqualTo(Of(hash, Monday)));
        Assert.That(Of(hash, Monday, address: IPAddress.Parse("::ffff:203.0.113.7")), Is.EqualTo(Of(hash, Monday)));
    }

    [Test]
    public void OfInstall_OtherAddressOfTheSameIPv6Network_IsTheSame()
    {
        ClientHash hash = new();

        Assert.That(
            Of(hash, Monday, IPAddress.Parse("2001:db8::ffff:1:2:3")), Is.EqualTo(Of(hash, Monday, IPAddress.Parse("2001:db8::1"))));
    }

    [Test]
    public void OfInstall_AnythingElse_IsAnother()
    {
        ClientHash hash = new();
        UInt128[] hashes =
        [
            Of(hash, Monday), Of(hash, Monday, IPAddress.Parse("203.0.113.8")), Of(hash, Monday, IPAddress.Parse("2001:db8::1")),
            Of(hash, Monday, IPAddress.Parse("2001:db8:0:1::1")), Of(hash, Monday, agent: "Composer/2.5.6 (Linux)"),
            Of(hash, Monday, package: "a/bc"), Of(hash, Monday, version: "1.0.0.1"), Of(hash, Monday, package: "a/b1", version: ".0.0.0"),
            Of(new ClientHash(), Monday), Of(hash, Monday + Day),
        ];

        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void Of_AfterADay_TheOldKeyIsGone()
    {
        ClientHash hash = new();
        UInt128 first = Of(hash, Monday);

        Of(hash, Monday + (2 * Day));

        Assert.That(Of(hash, Monday), Is.Not.EqualTo(first));
    }

    [Test]
    public void Of_RequestsAroundMidnight_ShareTheNewKey()
    {
        ClientHash hash = new();
        UInt128 late = Of(hash, Monday + Day);

        Of(hash, Monday + Day - 3_600);

        Assert.That(Of(hash, Monday + Day), Is.EqualTo(late));
    }

    private static UInt128 Of(
        ClientHash hash, long bucket, IPAddress? address = null, string agent = Agent, string package = "a/b", string version = "1.0.0.0") =>
        ClientHash.OfInstall(hash.Of(bucket, address ?? Client, agent), package, version);
}
