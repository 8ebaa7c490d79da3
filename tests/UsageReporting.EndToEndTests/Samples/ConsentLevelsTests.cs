using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using VerifyNUnit;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>The built sample as a person runs it, in a terminal, against the built server.</summary>
[TestFixture]
[RequiresTool("script", "bsdutils")]
internal sealed class ConsentLevelsTests
{
    private const string SeeLess = "see [b]asic, [m]iddle: ";
    private const string SeeOther = "see [m]iddle, [f]ull: ";
    private const string NotDecided = "Usage reporting : not decided\n";

    private TemporaryFolder _folder = null!;
    private string _state = null!;
    private string _application = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _state = _folder.Combine("state");
        _application = Path.GetDirectoryName(BuiltSample.Dll("ConsentLevels"))!;
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Send_LessChosen_StoresExactlyThatLevel()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        ChildResult run = await InTerminalAsync(
            ["usage", "send", "--endpoint", server.NapariEndpoint], new Typed(SeeLess, "b\n"), new Typed(SeeOther, "y\n"));

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        await Verifier.Verify(Scrubbed(run.Output));
        IReadOnlyDictionary<string, object?> row = StoredReports.Query(server.Database, "SELECT * FROM reports_napari").Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain($"Weekly ID    : {row["identifier"]} (rotating)\n"));
            Assert.That(run.Output, Does.Contain($"Week         : {row["period"]}\n"));
            Assert.That(run.Output, Does.Contain($"Erasure key  : {row["erasure_key"]}\n"));
            Assert.That(row["first_report"], Is.EqualTo(1L));
            Assert.That(row["layer_count"], Is.Null);
            Assert.That(StoredReports.Query(server.Database, "SELECT * FROM report_values"), Is.Empty);
        }

        ChildResult again = await RunAsync(["usage", "send", "--endpoint", server.NapariEndpoint]);
        Assert.That(again.Output, Does.Contain("\nAlready submitted today. Nothing sent.\nYou can send again after "));
        Assert.That(again.Output, Does.Contain("First report : no\n").And.Not.Contain("Plugins"));
    }

    [Test]
    public async Task Send_Full_StoresPublicPluginsAndUse()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        ChildResult run = await RunAsync(["usage", "send", "--yes", "--endpoint", server.NapariEndpoint]);

        Assert.That(run.Output, Does.EndWith("\nReport sent. Thank you.\n"));
        Assert.That(run.Output.Replace('\n', ' '), Does.Contain("not a released version: btrack 0.7.0-rc.1")
            .And.Contain("not in the public catalogue: lab-confidential-tracker"));
        Assert.That(
            StoredReports.Query(server.Database, "SELECT field || ' ' || key AS entry FROM report_values ORDER BY 1")
                .Select(row => row["entry"]),
            Is.EqualTo(new[]
            {
                "command_usage napari.layer.new_labels", "command_usage napari.viewer.toggle_grid",
                "data_sizes numpy.medium", "data_sizes zarr.very_large", "layer_types image", "layer_types labels",
                "plugins napari-console", "plugins napari-svg",
            }));
    }

    [Test]
    public async Task Endpoints_EachLevel_HasItsOwn()
    {
        ChildResult run = await RunAsync(["usage", "endpoints"]);

        Assert.That(run.Output, Is.EqualTo(
            """
            basic  : https://telemetry.example.org/napari/report/basic
            middle : https://telemetry.example.org/napari/report/middle
            full   : https://telemetry.example.org/napari/report/full
            When you ask for the published numbers, they are fetched from https://telemetry.example.org/napari/summary.json.

            """));
    }

    [Test]
    public async Task Send_LevelsAddressClosed_OtherLevelsGoOn()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        // As a firewall that closes one address: nobody listens at this one.
        string closed = "http://127.0.0.1:9/napari/report";
        await RunAsync(["usage", "on", "--level", "full", "--endpoint", closed]);

        ChildResult full = await RunAsync(["usage", "send", "--endpoint", closed]);
        ChildResult basic = await InTerminalAsync(
            ["usage", "send", "--endpoint", server.NapariEndpoint], new Typed(SeeLess, "b\n"), new Typed(SeeOther, "o\n"));

        Assert.That(full.Output, Does.EndWith("\nCould not reach the reporting endpoint. Nothing was sent.\n"));
        Assert.That(basic.Output, Does.EndWith("\nReport sent. Thank you.\n"));
    }

    [Test]
    public async Task Schema_Printed_IsWhatTheReferenceServerLoads()
    {
        ChildResult run = await RunAsync(["usage", "schema"]);

        Assert.That(run.Output, Is.EqualTo(
            File.ReadAllText(RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "napari.json"))));
    }

    // What was recorded, what the environment says, and what may then be found in the folder.
    private static IEnumerable<TestCaseData> States =>
    [
        State("nothing recorded", null, null, "", NotDecided),
        State("local", "local", null, "consent.json lock", "Usage reporting : kept here\n"),
        State("never", "off", null, "consent.json lock", "Usage reporting : off\n"),
        State("yes that the environment overrides", "on", "NAPARI_TELEMETRY=0", "consent.json lock", "NAPARI_TELEMETRY is off\n"),
        State("do not track", null, "DO_NOT_TRACK=1", "", "DO_NOT_TRACK is set\n"),
        State("opted out", null, "NAPARI_TELEMETRY_OPTOUT=1", "", "NAPARI_TELEMETRY_OPTOUT is set\n"),
        State("off by name", null, "NAPARI_USAGE_REPORTING=off", "", "NAPARI_USAGE_REPORTING is off\n"),
        State("local by name", null, "NAPARI_USAGE_REPORTING=local", "", "NAPARI_USAGE_REPORTING is local\n"),
        State("misspelt", null, "NAPARI_USAGE_REPORTING=of", "", "NAPARI_USAGE_REPORTING is neither off, local"),
        State("build server", null, "CI=true", "", "CI is set, and nobody can be asked\n"),
        State("yes on a build server", "on", "CI=true", "consent.json lock", "CI is set, and nobody can be asked\n"),
    ];

    [TestCaseSource(nameof(States))]
    [RequiresTool("strace")]
    public async Task Send_NoYesThatCounts_TouchesNoNetworkAndKeepsNothingElse(
        string? recorded, string? variable, string kept, string status)
    {
        if (recorded is not null)
        {
            await RunAsync(["usage", recorded]);
        }

        await AssertSilentAsync(around: [], variable, kept, status);
    }

    [TestCase("off")]
    [TestCase("local")]
    [RequiresTool("strace")]
    [RequiresTool("unshare", "util-linux")]
    public async Task Send_PolicyOfTheMachine_TouchesNoNetworkAndKeepsNothingElse(string policy)
    {
        await SmallDisk.RequireAsync();
        await RunAsync(["usage", "on"]);
        // Seen by this process and its children only.
        string etc = _folder.Combine("etc");
        await ChildProcess.RunAsync("cp", ["-a", "/etc", etc]);
        Directory.CreateDirectory(Path.Combine(etc, "usage-reporting.d"));
        await File.WriteAllTextAsync(Path.Combine(etc, "usage-reporting.d", "all.json"), $$"""{"reporting":"{{policy}}"}""");

        await AssertSilentAsync(
            ["unshare", "-m", "sh", "-c", "mount --bind \"$1\" /etc && shift && exec \"$@\"", "sh", etc],
            variable: null,
            "consent.json lock",
            $": /etc/usage-reporting.d/all.json says {policy}\n");
    }

    [Test]
    [RequiresTool("strace")]
    public async Task Send_KillFileBesideTheApplication_TouchesNoNetworkAndKeepsNothingElse()
    {
        await RunAsync(["usage", "on"]);
        string built = _application;
        _application = _folder.Combine("application");
        await ChildProcess.RunAsync("cp", ["-r", built, _application]);
        string killFile = Path.Combine(_application, "usage-reporting.off");
        await File.WriteAllTextAsync(killFile, "");

        await AssertSilentAsync(around: [], variable: null, "consent.json lock", $": {killFile} is there\n");
    }

    [Test]
    [RequiresTool("strace")]
    public async Task Send_YesThatEnded_TouchesNoNetworkAndKeepsNothingElse()
    {
        await RunAsync(["usage", "on", "--for", "1h"]);
        string file = Path.Combine(_state, "consent.json");
        string kept = Regex.Replace(await File.ReadAllTextAsync(file), "\"until\":\"20[0-9]{2}", "\"until\":\"2020");
        // With a check that is right, the SHA-256 of what stands before it: otherwise it is no choice at all.
        string checkedText = kept[..kept.LastIndexOf(",\"check\":", StringComparison.Ordinal)];
        string check = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkedText)));
        await File.WriteAllTextAsync(file, $"{checkedText},\"check\":\"{check}\"}}\n");

        await AssertSilentAsync(around: [], variable: null, "consent.json lock", ": your yes ended on 2020-");
    }

    private async Task AssertSilentAsync(string[] around, string? variable, string kept, string status)
    {
        ChildOptions options = WithoutDiagnostics(variable);
        foreach (string[] command in new string[][] { ["usage", "send"], ["usage", "preview"], ["usage", "status", "--verbose"], ["usage", "endpoints"] })
        {
            string[] words = [.. around, "strace", .. Traced(command)];
            ChildResult run = await ChildProcess.RunAsync(words[0], words[1..], options);

            Assert.That((run.ExitCode, run.Error.Replace("There is no terminal to ask at; --yes sends without asking.\n", "", StringComparison.Ordinal)), Is.EqualTo((0, "")), run.Output);
            AssertNothingTouched(string.Join(' ', command));
            if (command[1] == "status")
            {
                Assert.That(run.Output, Does.Contain(status));
            }
        }

        Assert.That(
            new DirectoryInfo(_state) is { Exists: true } there ? string.Join(' ', there.GetFiles().Select(file => file.Name).Order()) : "",
            Is.EqualTo(kept));
    }

    [Test]
    [RequiresTool("strace")]
    public async Task Send_Yes_IsSeenByTheSameTrace()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        await ChildProcess.RunAsync(
            "strace", Traced(["usage", "send", "--yes", "--endpoint", server.NapariEndpoint]), WithoutDiagnostics(null));

        Assert.That(() => AssertNothingTouched("send --yes"), Throws.InstanceOf<AssertionException>());
    }

    private string[] Traced(string[] command) =>
        ["-f", "-o", _folder.Combine("trace"), "-e", $"trace={TracedCalls.Watched}", "dotnet", .. Command(command)];

    private void AssertNothingTouched(string what)
    {
        IReadOnlyList<string> calls = TracedCalls.Read(_folder.Combine("trace"));
        Assert.That(calls, Has.Some.Contains("ConsentLevels.dll"), "the trace does not see the program");
        Assert.That(calls.Where(TracedCalls.IsNetwork), Is.Empty, what);
        Assert.That(calls.Where(TracedCalls.IsWrite), Is.Empty, what);
    }

    private static string Scrubbed(string screen) => string.Join('\n', screen.Split('\n').Select(line =>
        line.StartsWith("Weekly ID", StringComparison.Ordinal) || line.StartsWith("Week  ", StringComparison.Ordinal)
            || line.StartsWith("Erasure key ", StringComparison.Ordinal)
            ? line[..(line.IndexOf(':', StringComparison.Ordinal) + 2)] + "(this week's)"
            : line));

    private Task<ChildResult> InTerminalAsync(string[] arguments, params Typed[] typed) =>
        PseudoTerminal.RunAsync("dotnet", Command(arguments), typed, new ChildOptions { Environment = NoSwitches });

    private Task<ChildResult> RunAsync(string[] arguments) =>
        ChildProcess.RunAsync("dotnet", Command(arguments), new ChildOptions { Environment = NoSwitches });

    private string[] Command(string[] arguments) =>
        [Path.Combine(_application, "ConsentLevels.dll"), .. arguments, "--data-directory", _state];

    // The runtime's own diagnostics are a socket and two pipes.
    private static ChildOptions WithoutDiagnostics(string? variable)
    {
        Dictionary<string, string?> environment = new(NoSwitches) { ["DOTNET_EnableDiagnostics"] = "0" };
        if (variable?.Split('=') is [var name, var value])
        {
            environment[name] = value;
        }

        return new ChildOptions { Environment = environment };
    }

    private static TestCaseData State(string name, string? recorded, string? variable, string kept, string status) =>
        new TestCaseData(recorded, variable, kept, status).SetArgDisplayNames(name);

    // Whoever runs the tests may have switched reporting off for themselves.
    private static readonly Dictionary<string, string?> NoSwitches = new()
    {
        ["DO_NOT_TRACK"] = null,
        ["NAPARI_TELEMETRY"] = null,
        ["NAPARI_TELEMETRY_OPTOUT"] = null,
        ["NAPARI_USAGE_REPORTING"] = null,
    };
}
