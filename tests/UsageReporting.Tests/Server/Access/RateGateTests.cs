using System.Globalization;
using System.Net;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Access;

namespace UsageReporting.Tests.Server.Access;

public sealed class RateGateTests
{
    private ManualTimeProvider _time = null!;

    [SetUp]
    public void SetTime() => _time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 27, 22, 0, 40, TimeSpan.Zero));

    [Test]
    public void Enter_MoreThanAllowed_WaitsForTheNextWindow()
    {
        RateGate gate = new(3, TimeSpan.FromMinutes(1), _time);

        Assert.That(Enumerable.Range(0, 4).Select(_ => gate.Enter("one"u8)), Is.EqualTo(new TimeSpan?[] { null, null, null, TimeSpan.FromSeconds(20) }));
        Assert.That(gate.Enter("two"u8), Is.Null);
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.That(gate.Enter("one"u8), Is.EqualTo(TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(gate.Enter("one"u8), Is.Null);
    }

    [Test]
    public void Enter_AThousandAtTheSameMoment_LetsInWhatIsAllowed()
    {
        RateGate gate = new(10, TimeSpan.FromHours(1), _time);
        int passed = 0;

        Parallel.For(0, 1_000, _ =>
        {
            if (gate.Enter("one"u8) is null)
            {
                Interlocked.Increment(ref passed);
            }
        });

        Assert.That(passed, Is.EqualTo(10));
    }

    [Test]
    public void Look_Network_CountsNothingAndSaysHowLongToWait()
    {
        RateGate gate = new(1, TimeSpan.FromMinutes(1), _time);
        IPAddress address = IPAddress.Parse("192.0.2.1");

        Assert.That(gate.Look(address), Is.Null);
        Assert.That(gate.Look(address), Is.Null);
        Assert.That(gate.Enter(address), Is.Null);
        Assert.That(gate.Look(address), Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void Enter_NoLimit_LetsEverybodyIn()
    {
        RateGate gate = new(null, TimeSpan.FromMinutes(1), _time);

        Assert.That(Enumerable.Range(0, 1_000).Select(_ => gate.Enter("one"u8)), Is.All.Null);
    }

    [TestCase("192.0.2.1", "192.0.2.255", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:ffff::9", true)]
    [TestCase("2001:db8:1::1", "2001:db8:2::1", false)]
    [TestCase("127.0.0.1", "127.0.0.1", false), Property("Case", 50)]
    public void Enter_TwoAddresses_AreOneNetworkOrTwo(string first, string second, bool areOne)
    {
        RateGate gate = new(1, TimeSpan.FromMinutes(1), _time);
        gate.Enter(IPAddress.Parse(first));

        Assert.That(gate.Enter(IPAddress.Parse(second)) is not null, Is.EqualTo(areOne));
    }

    [Test]
    public void Enter_MoreSendersThanTheTableHolds_LimitsThoseThatItKnows()
    {
        RateGate gate = new(1, TimeSpan.FromHours(1), _time);
        gate.Enter("one"u8);
        for (int i = 0; i < ServerLimits.CountedSenders; i++)
        {
            gate.Enter(System.Text.Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
        }

        Assert.That(gate.Enter("one"u8), Is.Not.Null);
        Assert.That(gate.Enter("another"u8), Is.Null);
        Assert.That(gate.Enter("another"u8), Is.Null);
    }
}
