using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Consent;

public sealed class PolicyFilesTests
{
    private const string Folder = "/etc/usage-reporting.d";

    private FakeMachine _machine = null!;

    [SetUp]
    public void MakeMachine() => _machine = new FakeMachine();

    [TestCase("""{"reporting":"on"}""", ExpectedResult = null)]
    [TestCase("""{"reporting":"off","products":["gimp"]}""", ExpectedResult = null)]
    [TestCase("""{"reporting":"off","products":["gimp","paperless-ngx"]}""", ExpectedResult = "/etc/usage-reporting.d/a.json says off")]
    [TestCase("""{"reporting":"off"}""", ExpectedResult = "/etc/usage-reporting.d/a.json says off")]
    [TestCase("""{"reporting":"local"}""", ExpectedResult = "/etc/usage-reporting.d/a.json says local")]
    [TestCase("", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    [TestCase("null", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    [TestCase("[]", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    [TestCase("{}", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    [TestCase("""{"reporting":true}""", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    [TestCase("""{"reporting":"OFF"}""", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    [TestCase("""{"reporting":"off","products":"gimp"}""", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    [TestCase("""{"reporting":"off","products":[5]}""", ExpectedResult = "/etc/usage-reporting.d/a.json cannot be read")]
    public string? Objection_File_IsWhatItSays(string text)
    {
        _machine.Files[Folder + "/a.json"] = text;

        return Objection()?.Because;
    }

    [Test]
    public void Objection_SeveralFiles_OffIsStrongerThanLocal()
    {
        _machine.Files[Folder + "/10-local.json"] = """{"reporting":"local"}""";
        _machine.Files[Folder + "/20-off.json"] = """{"reporting":"off"}""";
        _machine.Files[Folder + "/README"] = "not a policy";

        Assert.That(Objection(), Is.EqualTo(new ConsentObjection("/etc/usage-reporting.d/20-off.json says off")));
    }

    [Test, Property("Case", 122)]
    public void Objection_FolderThatCannotBeRead_MeansOff()
    {
        _machine.ClosedFolders.Add(Folder);

        Assert.That(Objection(), Is.EqualTo(new ConsentObjection("/etc/usage-reporting.d cannot be read")));
    }

    private ConsentObjection? Objection() => new PolicyFiles(_machine, "paperless-ngx", new UsageTexts()).Objection();
}
