using System.Net;
using NUnit.Framework;
using UsageReporting.Server.Access;

namespace UsageReporting.Tests.Server.Access;

public sealed class NetworkGateTests
{
    private ManualTimeProvider _time = null!;

    [SetUp]
    public void SetTime() => _time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 27, 22, 0, 0, TimeSpan.Zero));

    [TestCase("192.0.2.1", "192.0.2.255", true)]
    [TestCase("192.0.2.1", "::ffff:192.0.2.7", true)]
    [TestCase("192.0.2.1", "192.0.3.1", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:ffff::9", true), Property("Case", 50)]
    [TestCase("2001:db8:1::1", "2001:db8:2::1", false)]
    public void Enter_TwoAddresses_AreOneNetworkOrTwo(string first, string second, bool areOne)
    {
        NetworkGate gate = new(1, null, _time);
        gate.Enter(IPAddress.Parse(first));

        Assert.That(gate.Enter(IPAddress.Parse(second)).IsBusy, Is.EqualTo(areOne));
    }

    [TestCase("127.0.0.1"), TestCase("127.9.9.9"), TestCase("::1"), TestCase("::ffff:127.0.0.1"), TestCase(null)]
    public void Enter_Loopback_IsNoNetwork(string? address)
    {
        NetworkGate gate = new(0, 1, _time);
        for (int i = 0; i < 10; i++)
        {
            Assert.That(gate.Enter(address is null ? null : IPAddress.Parse(address)), Is.EqualTo(NetworkPass.OfNoNetwork));
        }
    }

    [Test, Property("Case", 49)]
    public void Enter_MoreNewOnesThanTheCap_AreBusyUntilTheNextDay()
    {
        NetworkGate gate = new(5, null, _time);
        Assert.That(Enumerable.Range(0, 100).Count(_ => !gate.Enter(IPAddress.Parse("192.0.2.1")).IsBusy), Is.EqualTo(5));

        _time.Advance(TimeSpan.FromHours(2));
        Assert.That(gate.Enter(IPAddress.Parse("192.0.2.1")).IsBusy, Is.False);
    }

    // An IPv6 /30 has 262,144 networks: whoever has one can have others' new installations held back for a day, and no more.
    [Test]
    public void Enter_MoreNetworksThanAreToldApart_AreBusyAndOthersAreNot()
    {
        NetworkGate gate = new(5, null, _time);
        byte[] address = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        for (int i = 0; i < 200_000; i++)
        {
            (address[3], address[4], address[5]) = ((byte)(i >> 16), (byte)(i >> 8), (byte)i);
            gate.Enter(new IPAddress(address));
        }

        IPAddress later = IPAddress.Parse("192.0.2.1");
        Assert.That(gate.Enter(new IPAddress(address)).IsBusy, Is.False);
        Assert.That(gate.Enter(later), Has.Property("IsBusy").True.And.Property("RefusedFor").Null);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.That(gate.Enter(later).IsBusy, Is.False);
    }

    [Test]
    public void GiveBack_KnownInstallations_TakeNoPlace()
    {
        NetworkGate gate = new(1, null, _time);
        for (int i = 0; i < 10; i++)
        {
            NetworkPass pass = gate.Enter(IPAddress.Parse("192.0.2.1"));
            Assert.That(pass.IsBusy, Is.False);
            gate.GiveBack(pass);
        }
    }

    [Test]
    public void GiveBack_AfterMidnight_DoesNotMakeTheNewDayLarger()
    {
        NetworkGate gate = new(1, null, _time);
        NetworkPass yesterday = gate.Enter(IPAddress.Parse("192.0.2.1"));
        _time.Advance(TimeSpan.FromHours(2));
        gate.Enter(IPAddress.Parse("192.0.2.1"));

        gate.GiveBack(yesterday);

        Assert.That(gate.Enter(IPAddress.Parse("192.0.2.1")).IsBusy, Is.True);
    }

    [Test]
    public void Enter_MoreReportsThanTheHardCap_AreRefusedUntilMidnight()
    {
        NetworkGate gate = new(5, 3, _time);
        for (int i = 0; i < 3; i++)
        {
            Assert.That(gate.Enter(IPAddress.Parse("192.0.2.1")).RefusedFor, Is.Null);
        }

        Assert.That(gate.Enter(IPAddress.Parse("192.0.2.1")).RefusedFor, Is.EqualTo(TimeSpan.FromHours(2)));
        Assert.That(gate.Enter(IPAddress.Parse("198.51.100.1")).RefusedFor, Is.Null);
    }
}
