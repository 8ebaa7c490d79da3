using NUnit.Framework;
using UsageReporting.Core.State;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.State;

[Platform("Linux")]
public sealed class StatePathTests
{
    [TestCase("/state", "/srv/alice", ExpectedResult = "/state/app")]
    [TestCase(null, "/srv/alice", ExpectedResult = "/srv/alice/.local/state/app")]
    [TestCase("", "/srv/alice", ExpectedResult = "/srv/alice/.local/state/app")]
    [TestCase("state", "/srv/alice", ExpectedResult = "/srv/alice/.local/state/app")]
    [TestCase("./state", "/srv/alice", ExpectedResult = "/srv/alice/.local/state/app")]
    [TestCase("~/state", "/srv/alice", ExpectedResult = "/srv/alice/.local/state/app")]
    [TestCase(null, null, ExpectedResult = null)]
    [TestCase(null, "", ExpectedResult = null)]
    [TestCase("state", "home", ExpectedResult = null)]
    [TestCase(null, "/nonexistent", ExpectedResult = "/nonexistent/.local/state/app")]
    [Property("Case", 104)]
    public string? Default_OfTheUser_IsInTheirStateFolder(string? xdg, string? home)
    {
        FakeMachine machine = new();
        Set("XDG_STATE_HOME", xdg);
        Set("HOME", home);
        return StatePath.Default(machine, "app");

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                machine.Variables[name] = value;
            }
        }
    }

    // With paths of the machine that the tests run on: only there they are absolute.
    [TestCase("windows", "LOCALAPPDATA", ExpectedResult = "/srv/alice/app")]
    [TestCase("windows", "HOME", ExpectedResult = null)]
    [TestCase("macos", "HOME", ExpectedResult = "/srv/alice/Library/Application Support/app")]
    [TestCase("macos", "XDG_STATE_HOME", ExpectedResult = null)]
    [TestCase("freebsd", "HOME", ExpectedResult = "/srv/alice/.local/state/app")]
    public string? Default_OtherSystem_IsWhereItKeepsSuchThings(string family, string variable)
    {
        FakeMachine machine = new() { SystemFamily = family };
        machine.Variables[variable] = "/srv/alice";
        return StatePath.Default(machine, "app");
    }

    [TestCase("linux", ConsentScope.Machine, ExpectedResult = "/var/lib/app")]
    [TestCase("freebsd", ConsentScope.Machine, ExpectedResult = "/var/lib/app")]
    [TestCase("macos", ConsentScope.Machine, ExpectedResult = "/Library/Application Support/app")]
    [TestCase("windows", ConsentScope.Machine, ExpectedResult = "/data/app")]
    [TestCase("linux", ConsentScope.Installation, ExpectedResult = "/opt/app/usage-reporting")]
    [TestCase("linux", ConsentScope.User, ExpectedResult = null)]
    public string? OfScope_EachScope_IsWhereAllOfItCanRead(string family, ConsentScope scope)
    {
        FakeMachine machine = new() { SystemFamily = family, ApplicationFolder = "/opt/app" };
        machine.Variables["ProgramData"] = "/data";
        return StatePath.OfScope(machine, "app", scope);
    }
}
