using System.Globalization;
using System.Text;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Access;

namespace UsageReporting.Tests.Server.Access;

public sealed class InstallationGateTests
{
    private ManualTimeProvider _time = null!;
    private InstallationGate _gate = null!;

    [SetUp]
    public void Make()
    {
        _time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 27, 22, 15, 0, TimeSpan.Zero));
        _gate = new InstallationGate(10, _time);
    }

    [Test]
    public void Enter_EleventhOfAnHour_WaitsForTheNext()
    {
        Assert.That(Enumerable.Range(0, 10).Select(_ => Enter("a")), Is.All.Null);

        Assert.That(Enter("a"), Is.EqualTo(TimeSpan.FromMinutes(45)));
        Assert.That(Enter("b"), Is.Null, "another installation");

        _time.Advance(TimeSpan.FromMinutes(45));
        Assert.That(Enumerable.Range(0, 10).Select(_ => Enter("a")), Is.All.Null);
        Assert.That(Enter("a"), Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void Enter_AThousandAtTheSameMoment_TenPass()
    {
        int passed = 0;
        Parallel.For(0, 1_000, _ =>
        {
            if (Enter("a") is null)
            {
                Interlocked.Increment(ref passed);
            }
        });

        Assert.That(passed, Is.EqualTo(10));
    }

    [Test, Property("Case", 49)]
    public void Enter_MoreInstallationsThanAreCounted_PassAndTheOthersAreCounted()
    {
        for (int i = 0; i < ServerLimits.Installations; i++)
        {
            Enter(i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.That(Enumerable.Range(0, 20).Select(_ => Enter("late")), Is.All.Null);
        Assert.That(Enumerable.Range(0, 10).Count(_ => Enter("0") is null), Is.EqualTo(9));
    }

    private TimeSpan? Enter(string id) => _gate.Enter(Encoding.ASCII.GetBytes(id));
}
