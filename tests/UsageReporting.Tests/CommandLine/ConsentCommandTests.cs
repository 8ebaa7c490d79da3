using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;

namespace UsageReporting.Tests.CommandLine;

/// <summary><c>usage on</c>, <c>off</c>, <c>local</c> and <c>forget</c>, as a person meets them.</summary>
[NonParallelizable] // The console is the process's.
public sealed class ConsentCommandTests
{
    private TemporaryFolder _folder = null!;
    private ScriptedSink _sink = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _sink = new ScriptedSink();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("on")]
    [TestCase("off")]
    [TestCase("local")]
    [TestCase("forget")]
    public async Task RunAsync_Help_ExplainsTheCommand(string command)
    {
        CommandResult result = await RunAsync(ConsentMode.OptIn, command, "--help");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        await Verifier.Verify(result.Output);
    }

    [TestCase(ConsentMode.OptIn, "on", "Usage reporting: on, level full (you said yes on 2026-05-18).\nReports go to https://stats.example.org/report. `usage preview` shows what they hold, `usage off` takes the yes back.\n")]
    [TestCase(ConsentMode.OptIn, "on --level basic --for 30d", "Usage reporting: on, level basic (you said yes on 2026-05-18).\nReports go to https://stats.example.org/report. `usage preview` shows what they hold, `usage off` takes the yes back.\n")]
    [TestCase(ConsentMode.OptIn, "off", "Usage reporting: off (you said no on 2026-05-18).\n")]
    [TestCase(ConsentMode.OptIn, "local", "Usage reporting: kept here (you chose on 2026-05-18 to keep it here).\n")]
    [TestCase(ConsentMode.AskEachTime, "on", "Usage reporting: asks each time (nothing is sent unless you say yes to it, each time).\n")]
    [TestCase(ConsentMode.AskEachTime, "off", "Usage reporting: off (you said no on 2026-05-18).\n")]
    public async Task RunAsync_Choice_SaysHowReportingStandsThen(ConsentMode mode, string command, string output) =>
        Assert.That(await RunAsync(mode, command.Split(' ')), Is.EqualTo(new CommandResult(0, output, "")));

    [Test]
    public async Task On_SwitchedOff_SaysThatTheSwitchIsStronger()
    {
        using TestClient client = Client(ConsentMode.OptIn);
        client.Machine.Variables["DO_NOT_TRACK"] = "1";

        Assert.That(
            await CommandRun.RunAsync(_ => client.Services, ["usage", "on"]),
            Is.EqualTo(new CommandResult(0, "Usage reporting: off (DO_NOT_TRACK is set).\n", "")));
    }

    [TestCase("on --for 30", "\"30\" is not a time such as 12h, 30d or 4w.\n")]
    [TestCase("on --for 0d", "\"0d\" is not a time such as 12h, 30d or 4w.\n")]
    [TestCase("on --for d", "\"d\" is not a time such as 12h, 30d or 4w.\n")]
    [TestCase("on --for 99999999999w", "\"99999999999w\" is not a time such as 12h, 30d or 4w.\n")]
    [TestCase("on --level none", "\"none\" is not basic, middle or full.\n")]
    [TestCase("on --level 2", "\"2\" is not basic, middle or full.\n")]
    [TestCase("off now", "Unrecognized command or argument 'now'.\n")]
    public async Task RunAsync_Misuse_IsOneLineAndExitCode2(string command, string error) =>
        Assert.That(
            await RunAsync(ConsentMode.OptIn, command.Split(' ')), Is.EqualTo(new CommandResult(2, "", error)));

    [TestCase("on")]
    [TestCase("off")]
    [TestCase("local")]
    public async Task RunAsync_NoPlace_IsSaidAndExitCode1(string command)
    {
        await File.WriteAllTextAsync(_folder.Combine("state"), "a file, not a folder");

        Assert.That(await RunAsync(ConsentMode.OptIn, command), Is.EqualTo(new CommandResult(
            1, "", $"Could not write to {_folder.Combine("state")}. Nothing is changed.\n")));
    }

    [Test]
    public async Task RunAsync_Json_IsTheStatusThen()
    {
        CommandResult on = await RunAsync(ConsentMode.OptIn, "on", "--level", "middle", "--json");
        CommandResult off = await RunAsync(ConsentMode.OptIn, "off", "--json");

        Assert.That(State(on), Is.EqualTo(("on", "middle")));
        Assert.That(State(off), Is.EqualTo(("off", "none")));
        Assert.That((await RunAsync(ConsentMode.OptIn, "forget", "--json")).Output, Is.EqualTo("{\n  \"forgotten\": true\n}\n"));

        static (string?, string?) State(CommandResult result)
        {
            JsonElement json = JsonElement.Parse(result.Output);
            return (json.GetProperty("state").GetString(), json.GetProperty("level").GetString());
        }
    }

    [Test]
    public async Task Local_AfterAYesToLess_ShowsNoMoreThanThat()
    {
        await RunAsync(ConsentMode.OptIn, "on", "--level", "basic");

        await RunAsync(ConsentMode.OptIn, "local");
        CommandResult again = await RunAsync(ConsentMode.OptIn, "local", "--json");

        Assert.That(JsonElement.Parse(again.Output).GetProperty("level").GetString(), Is.EqualTo("basic"));
    }

    [Test]
    public async Task Forget_AfterAReport_LeavesNothing()
    {
        await RunAsync(ConsentMode.OptIn, "on");
        await RunAsync(ConsentMode.OptIn, "send");

        Assert.That(
            await RunAsync(ConsentMode.OptIn, "forget"),
            Is.EqualTo(new CommandResult(0, "Everything that was kept here is forgotten.\n", "")));
        Assert.That(Directory.GetFiles(_folder.Combine("state")).Select(Path.GetFileName), Is.EqualTo(new[] { "lock" }));
    }

    [Test]
    public async Task Send_AgreedBeforeAndNoTerminal_IsSent()
    {
        await RunAsync(ConsentMode.OptIn, "on");

        CommandResult result = await RunAsync(ConsentMode.OptIn, "send");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.EndWith("\nReport sent. Thank you.\n"));
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
    }

    [TestCase("preview")]
    [TestCase("preview --json")]
    [TestCase("send --yes")]
    public async Task Run_KeptHere_ShowsTheReportAndSendsNothing(string command)
    {
        await RunAsync(ConsentMode.OptIn, "local");

        CommandResult result = await RunAsync(ConsentMode.OptIn, command.Split(' '));

        const string Words = "Usage reporting is off: you chose on 2026-05-18 to keep it here. Nothing sent.\n";
        bool isJson = command.EndsWith("--json", StringComparison.Ordinal);
        Assert.That(result.Output, isJson ? Does.EndWith("}\n") : Does.Contain("Documents").And.EndWith(Words));
        Assert.That(result.Error, Is.EqualTo(isJson ? Words : ""));
        Assert.That(_sink.Deliveries, Is.Empty);
        Assert.That(File.Exists(_folder.Combine("state", "usage_uuid")), Is.False);
    }

    [Test]
    public async Task Send_YesOnTheCommandLine_KeepsNoYes()
    {
        await RunAsync(ConsentMode.OptIn, "send", "--yes");

        Assert.That(File.Exists(_folder.Combine("state", "consent.json")), Is.False);
        Assert.That(_sink.Deliveries, Has.Count.EqualTo(1));
    }

    private async Task<CommandResult> RunAsync(ConsentMode mode, params string[] args)
    {
        using TestClient client = Client(mode);
        return await CommandRun.RunAsync(_ => client.Services, ["usage", .. args]);
    }

    private TestClient Client(ConsentMode mode) => new(_folder.Combine("state"), _sink)
    {
        Configure = options =>
        {
            Paperless.Configure(options);
            options.Consent = mode;
        },
    };
}
