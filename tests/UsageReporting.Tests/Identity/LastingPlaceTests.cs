using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.Core.Identity;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Identity;

public sealed class LastingPlaceTests
{
    private FakeMachine _machine = null!;

    [SetUp]
    public void MakeMachine() => _machine = new FakeMachine();

    [Test]
    public void Lasts_UsersOwnFolder_Does() => Assert.That(Lasts(isNamed: false), Is.True);

    [Test]
    public void Lasts_NoFolder_DoesNot() =>
        Assert.That(new LastingPlace(false, null, _machine, Automation()).Lasts(), Is.False);

    [Test]
    public void Lasts_ContainerWithoutAVolume_OnlyWhereItWasNamed(
        [Values("overlay", "overlayfs", "tmpfs")] string fileSystem, [Values] bool isNamed)
    {
        _machine.FileSystem = fileSystem;

        Assert.That(Lasts(isNamed), Is.EqualTo(isNamed));
    }

    [Test]
    public void Lasts_ReadOnly_OnlyWhereItWasNamed([Values] bool isNamed)
    {
        _machine.IsReadOnly = true;

        Assert.That(Lasts(isNamed), Is.EqualTo(isNamed));
    }

    [Test]
    public void Lasts_BuildServer_OnlyWhereItWasNamed([Values] bool isNamed)
    {
        _machine.Variables["CI"] = "true";

        Assert.That(Lasts(isNamed), Is.EqualTo(isNamed));
    }

    private bool Lasts(bool isNamed) => new LastingPlace(isNamed, "/var/lib/app", _machine, Automation()).Lasts();

    private Automation Automation() => new(_machine, new UsageTexts());
}
