using NUnit.Framework;
using UsageReporting.Core.Consent;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Consent;

public sealed class EnvironmentSwitchesTests
{
    private readonly FakeMachine _machine = new();

    [SetUp]
    public void ForgetVariables() => _machine.Variables.Clear();

    [Test]
    public void Objection_NothingSet_IsNull() => Assert.That(Reason(), Is.Null);

    [TestCase("", ExpectedResult = false)]
    [TestCase("  ", ExpectedResult = false)]
    [TestCase("0", ExpectedResult = false)]
    [TestCase(" 0 ", ExpectedResult = false)]
    [TestCase("false", ExpectedResult = false)]
    [TestCase("FALSE", ExpectedResult = false)]
    [TestCase(" False\r", ExpectedResult = false)]
    [TestCase("1", ExpectedResult = true)]
    [TestCase("yes", ExpectedResult = true)]
    [TestCase("true", ExpectedResult = true)]
    [TestCase("no", ExpectedResult = true)]
    [TestCase("00", ExpectedResult = true)]
    [TestCase("fälse", ExpectedResult = true)]
    public bool Objection_DoNotTrack_MeansOffUnlessEmptyOrZeroOrFalse(string value)
    {
        _machine.Variables["DO_NOT_TRACK"] = value;
        return Reason() == "DO_NOT_TRACK is set";
    }

    [TestCase("DO_NOT_TRACK")]
    [TestCase("PAPERLESS_NGX_TELEMETRY_OPTOUT")]
    [TestCase("PAPERLESS_NO_SURVEY")]
    [TestCase("NO_REPORTS_PLEASE")]
    public void Objection_AnyOptOut_NamesItAsItIsSpelt(string name)
    {
        _machine.Variables[name] = "1";

        Assert.That(Reason(), Is.EqualTo($"{name} is set"));
    }

    [TestCase(null, ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    [TestCase(" 1 ", ExpectedResult = null)]
    [TestCase("True", ExpectedResult = null)]
    [TestCase("yes", ExpectedResult = null)]
    [TestCase("on", ExpectedResult = null)]
    [TestCase("0", ExpectedResult = "PAPERLESS_TELEMETRY is off")]
    [TestCase("false", ExpectedResult = "PAPERLESS_TELEMETRY is off")]
    [TestCase("of", ExpectedResult = "PAPERLESS_TELEMETRY is off")]
    public string? Objection_SwitchThatIsOffWhenZero_IsOffUnlessItSaysOn(string? value)
    {
        if (value is not null)
        {
            _machine.Variables["PAPERLESS_TELEMETRY"] = value;
        }

        return Reason();
    }

    [TestCase("paperless_ngx_telemetry_optout")]
    [TestCase("PAPERLESS-NGX_TELEMETRY_OPTOUT")]
    [TestCase("PAPERLESS_TELEMETRY_OPTOUT")]
    public void Objection_AnotherVariable_IsNull(string name)
    {
        _machine.Variables[name] = "1";

        Assert.That(Reason(), Is.Null);
    }

    [TestCase("", ExpectedResult = null)]
    [TestCase(" \t", ExpectedResult = null)]
    [TestCase("on", ExpectedResult = null)]
    [TestCase(" On ", ExpectedResult = null)]
    [TestCase("off", ExpectedResult = "is off")]
    [TestCase(" OFF\n", ExpectedResult = "is off")]
    [TestCase("local", ExpectedResult = "is local")]
    [TestCase("LOCAL", ExpectedResult = "is local")]
    [TestCase("of", ExpectedResult = "is neither off, local nor on")]
    [TestCase("offf", ExpectedResult = "is neither off, local nor on")]
    [TestCase("0", ExpectedResult = "is neither off, local nor on")]
    [TestCase("1", ExpectedResult = "is neither off, local nor on")]
    [TestCase("true", ExpectedResult = "is neither off, local nor on")]
    [TestCase("o\u0131n", ExpectedResult = "is neither off, local nor on")]
    public string? Objection_UsageReporting_IsOffUnlessItSaysOn(string value)
    {
        _machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = value;
        return Reason()?.Replace("PAPERLESS_NGX_USAGE_REPORTING ", "", StringComparison.Ordinal);
    }

    [Test]
    public void Objection_OnBesideAnOptOut_IsOff()
    {
        _machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = "on";
        _machine.Variables["PAPERLESS_NO_SURVEY"] = "1";

        Assert.That(Reason(), Is.EqualTo("PAPERLESS_NO_SURVEY is set"));
    }

    [Test]
    public void Objection_Several_NamesTheFirst()
    {
        _machine.Variables["PAPERLESS_NGX_USAGE_REPORTING"] = "off";
        _machine.Variables["PAPERLESS_NO_SURVEY"] = "1";
        _machine.Variables["PAPERLESS_NGX_TELEMETRY_OPTOUT"] = "1";
        _machine.Variables["DO_NOT_TRACK"] = "1";

        Assert.That(Reason(), Is.EqualTo("DO_NOT_TRACK is set"));
    }

    [Test, Property("Case", 122)]
    public void Objection_SetWhileTheApplicationRuns_IsSeen()
    {
        EnvironmentSwitches switches = new(_machine, "paperless-ngx", [], new UsageTexts());
        string? before = switches.Objection()?.Because;
        _machine.Variables["DO_NOT_TRACK"] = "1";

        Assert.That((before, switches.Objection()?.Because), Is.EqualTo(((string?)null, "DO_NOT_TRACK is set")));
    }

    [TestCase("paperless-ngx", ExpectedResult = "PAPERLESS_NGX")]
    [TestCase("printernizer", ExpectedResult = "PRINTERNIZER")]
    [TestCase("a1--b", ExpectedResult = "A1__B")]
    [Property("Case", 121)]
    [SetCulture("tr-TR")] // Where the upper case of "i" is "İ".
    public string Prefix_Product_IsUpperCaseWithUnderscores(string product) => EnvironmentSwitches.Prefix(product);

    private string? Reason() =>
        new EnvironmentSwitches(_machine, "paperless-ngx", ["PAPERLESS_NO_SURVEY", "NO_REPORTS_PLEASE", "PAPERLESS_TELEMETRY=0"], new UsageTexts()).Objection()?.Because;
}
