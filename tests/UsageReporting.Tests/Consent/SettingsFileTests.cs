using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Consent;

public sealed class SettingsFileTests
{
    private const string File = "/etc/xdg/app/analytics";

    [TestCase("")]
    [TestCase("\uFEFF# disable=1\r\n; disable=1\r\n\r\n")]
    [TestCase("disable=0")]
    [TestCase("disable=false")]
    [TestCase("disable=")]
    public void Objection_NothingSwitchedOff_IsNone(string text) => Assert.That(Objection(text), Is.Null);

    [TestCase("disable=1", ExpectedResult = "/etc/xdg/app/analytics says disable=1")]
    [TestCase("# why\n\n Disable = yes \n", ExpectedResult = "/etc/xdg/app/analytics says Disable = yes")]
    [TestCase("disable=0\ndisable=1", ExpectedResult = "/etc/xdg/app/analytics says disable=1")]
    [TestCase("disabled=1", ExpectedResult = "/etc/xdg/app/analytics says something else than disable")]
    [TestCase("disable", ExpectedResult = "/etc/xdg/app/analytics says something else than disable")]
    [TestCase("[usage]\ndisable=0", ExpectedResult = "/etc/xdg/app/analytics says something else than disable")]
    public string? Objection_SwitchedOffOrMisspelt_IsOff(string text) => Objection(text)?.Because;

    [Test]
    public void Objection_LongerThanIsRead_IsOff() =>
        Assert.That(Objection(new string('#', 4_096))?.Because, Is.EqualTo($"{File} cannot be read"));

    [Test, Property("Case", 122)]
    public void Objection_FileThatCannotBeRead_IsOff()
    {
        FakeMachine machine = new();
        machine.ClosedFiles.Add(File);

        Assert.That(
            new SettingsFile(machine, File, new UsageTexts()).Objection()?.Because, Is.EqualTo($"{File} cannot be read"));
    }

    [Test]
    public void Objection_HostNamesNoFile_IsNone() =>
        Assert.That(new SettingsFile(new FakeMachine(), null, new UsageTexts()).Objection(), Is.Null);

    private static ConsentObjection? Objection(string text)
    {
        FakeMachine machine = new();
        machine.Files[File] = text;
        return new SettingsFile(machine, File, new UsageTexts()).Objection();
    }
}
