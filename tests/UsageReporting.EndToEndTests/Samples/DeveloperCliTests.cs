using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using VerifyNUnit;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>The built sample as somebody who develops runs it, against the built server.</summary>
[TestFixture]
[Platform("Linux")]
[RequiresTool("script", "bsdutils")]
internal sealed class DeveloperCliTests
{
    private const string Accepted = "HTTP/1.1 204 No Content\r\n\r\n";

    private TemporaryFolder _folder = null!;
    private string _state = null!;
    private string _endpoint = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _state = _folder.Combine("state");
        // Port 9 of this machine: the discard service, which nothing runs any more.
        _endpoint = "http://127.0.0.1:9/report";
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task StartProject_First_TellsAndTheNextCommandsReport()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        _endpoint = server.At("developer-cli/report");

        ChildResult first = await InTerminalAsync("startproject", "shop");

        await Verifier.Verify(first.Output.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal));
        Assert.That(StateFiles(), Is.EquivalentTo(new[] { "consent.json", "lock" }));
        Assert.That(Rows(server), Is.Empty);

        // On a crowded machine a run may end before its report is kept; the next one composes it anew.
        for (int i = 0; i < 20 && !IsKept("frozen_report.json") && !IsKept("next_due"); i++)
        {
            ChildResult later = await InTerminalAsync("startproject", $"blog{i}");
            Assert.That(later.Output, Is.EqualTo($"Made the project blog{i}.\n"), "The notice is shown once.");
        }

        string frozenOrSent = File.ReadAllText(Path.Combine(_state, "usage_uuid"));

        await ServeUntilAsync("shop", () => Rows(server).Count > 0 && IsKept("next_due"));

        IReadOnlyDictionary<string, object?> row = Rows(server).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That($"{row["uuid"]}\n", Is.EqualTo(frozenOrSent));
            Assert.That(row["command"], Is.EqualTo("startproject"), "The frozen report is the one of the earlier command.");
            Assert.That(row["version"], Is.EqualTo("1.4.0"));
            Assert.That(StateFiles(), Does.Not.Contain("frozen_report.json"));
        }
    }

    [Test]
    public async Task RunServer_NobodyAnswers_SendsTheSameBytesBesideTheNextCommand()
    {
        int connections = 0;
        await using LoopbackServer server = new(async (stream, token) =>
        {
            if (Interlocked.Increment(ref connections) == 1)
            {
                // Until the program has gone.
                await stream.CopyToAsync(Stream.Null, token);
                return;
            }

            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Accepted), token);
        });
        _endpoint = server.Endpoint.AbsoluteUri;
        await InTerminalAsync("startproject", "shop");

        await ServeUntilAsync("shop", () => server.Requests.Count == 1);
        Assert.That(StateFiles(), Does.Contain("frozen_report.json").And.Not.Contain("next_due"));
        await ServeUntilAsync("shop", () => IsKept("next_due"));

        string[] requests = [.. server.Requests];
        Assert.That(requests, Has.Length.EqualTo(2));
        Assert.That(requests[1], Is.EqualTo(requests[0]));
        Assert.That(
            requests[0],
            Does.Match(@"\r\nUser-Agent: developer-cli/1\.4\.0 \.NET/[0-9.]+ \(linux; (x64|arm64)\)\r\n")
                .And.EndsWith("}").And.Contain("\"command\":\"runserver\"").And.Not.Contain("shop"));
    }

    [Test]
    public async Task Commands_ThatAreNotChosenOrNotInDevelopment_NeitherTellNorReport()
    {
        await RunAsync("startproject", "shop");
        await File.WriteAllTextAsync(_folder.Combine("shop", "project.json"), """{"Name":"shop","Debug":false}""");

        ChildResult startApp = await InTerminalAsync(["startapp", "cart"], folder: "shop");
        ChildResult check = await InTerminalAsync(["check"], folder: "shop");

        Assert.That(startApp.Output, Is.EqualTo("Added cart to shop.\n"));
        Assert.That(check.Output, Is.EqualTo("shop can be read.\n"));
        Assert.That(_state, Does.Not.Exist);
    }

    [Test]
    public async Task Usage_AfterTheNotice_SaysHowItStandsAndIsSwitchedOff()
    {
        await InTerminalAsync("startproject", "shop");

        ChildResult on = await RunAsync("usage", "status");
        ChildResult off = await RunAsync("usage", "off");
        ChildResult next = await InTerminalAsync("startproject", "blog");

        Assert.That(on.Output, Does.Match("\\AUsage reporting : on, level basic\nBecause         : you were told of it on [0-9-]+ and have not said no\n"));
        Assert.That(off.Output, Does.Match("\\AUsage reporting: off \\(you said no on [0-9-]+\\)\\.\n\\z"));
        Assert.That(next.Output, Is.EqualTo("Made the project blog.\n"));
        Assert.That(StateFiles(), Is.EquivalentTo(new[] { "consent.json", "lock" }));
    }

    private static IEnumerable<TestCaseData> States =>
    [
        State("the notice", isTold: false, isTerminal: true, mayWrite: "consent.json"),
        State("no terminal", isTold: false, isTerminal: false),
        State("a variable of the product", isTold: true, isTerminal: true, variable: "DEVELOPER_CLI_NO_ANALYTICS=1"),
        State("a variable for all", isTold: false, isTerminal: true, variable: "DO_NOT_TRACK=1"),
        State("a build server", isTold: true, isTerminal: true, variable: "CI=true"),
        State("an agent", isTold: false, isTerminal: true, variable: "CLAUDECODE=1"),
        State("local", isTold: true, isTerminal: true, variable: "DEVELOPER_CLI_USAGE_REPORTING=local"),
        State("debug", isTold: true, isTerminal: true, variable: "DEVELOPER_CLI_USAGE_REPORTING=debug"),
        State("misspelt", isTold: true, isTerminal: true, variable: "DEVELOPER_CLI_USAGE_REPORTING=0"),
        State("the settings file", isTold: true, isTerminal: true, settings: "disable=1\n"),
        State("the settings file, misspelt", isTold: false, isTerminal: true, settings: "disabled=1\n"),
        State("a no", isTold: true, isTerminal: true, choice: "off"),
    ];

    [TestCaseSource(nameof(States))]
    [RequiresTool("strace")]
    public async Task StartProject_UnderStrace_TouchesNeitherNetworkNorOtherFiles(
        bool isTold, bool isTerminal, string? variable, string? settings, string? choice, string? mayWrite)
    {
        if (isTold)
        {
            await InTerminalAsync("startproject", "told");
        }

        if (choice is not null)
        {
            await RunAsync("usage", choice);
        }

        if (settings is not null)
        {
            string folder = Directory.CreateDirectory(_folder.Combine("config", "developer-cli")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "analytics"), settings);
        }

        string[] before = [.. StateFiles()];
        string[] command = ["-f", "-o", _folder.Combine("trace"), "-e", $"trace={TracedCalls.Watched}", "dotnet", .. Command(["startproject", "shop"])];
        ChildOptions options = Options(_folder.Path, variable);

        ChildResult run = isTerminal
            ? await PseudoTerminal.RunAsync("strace", command, [], options)
            : await ChildProcess.RunAsync("strace", command, options);

        IReadOnlyList<string> calls = TracedCalls.Read(_folder.Combine("trace"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.EndWith("Made the project shop.\n"));
            Assert.That(calls, Has.Some.Contains("DeveloperCli.dll"), "the trace does not see the program");
            Assert.That(calls.Where(TracedCalls.IsNetwork), Is.Empty);
            Assert.That(
                calls.Where(TracedCalls.IsWrite).Where(call => !call.Contains(_folder.Combine("shop"), StringComparison.Ordinal)),
                mayWrite is null ? Is.Empty : Has.All.Contains(_state));
            Assert.That(StateFiles(), Is.EquivalentTo(mayWrite is null ? before : [mayWrite, "lock"]));
        }
    }

    [Test]
    public async Task Schema_Printed_IsWhatTheReferenceServerLoads()
    {
        ChildResult run = await RunAsync("usage", "schema");

        string loaded = File.ReadAllText(RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "developer-cli.json"));
        Assert.That(run.Output, Is.EqualTo(loaded));
    }

    private static TestCaseData State(
        string name,
        bool isTold,
        bool isTerminal,
        string? variable = null,
        string? settings = null,
        string? choice = null,
        string? mayWrite = null) =>
        new TestCaseData(isTold, isTerminal, variable, settings, choice, mayWrite).SetArgDisplayNames(name);

    // Serves the project until something has happened beside that, and ends then.
    private async Task ServeUntilAsync(string project, Func<bool> hasHappened)
    {
        await using ChildProcess run = ChildProcess.Start(
            "dotnet", Command(["runserver", "--port", "0"]), Options(_folder.Combine(project)));
        await run.WaitForOutputAsync("Ctrl-C ends it.");
        for (int i = 0; i < 1_500 && !hasHappened(); i++)
        {
            await Task.Delay(20);
        }

        Assert.That(hasHappened(), Is.True, run.Output + run.Error);
        run.Signal("TERM");
        await run.WaitForExitAsync();
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows(RunningReferenceServer server) =>
        StoredReports.Query(server.Database, "SELECT * FROM reports_developer_cli");

    private bool IsKept(string name) => File.Exists(Path.Combine(_state, name));

    private IEnumerable<string> StateFiles() =>
        Directory.Exists(_state) ? Directory.GetFiles(_state).Select(file => Path.GetFileName(file)) : [];

    private Task<ChildResult> InTerminalAsync(params string[] arguments) => InTerminalAsync(arguments, folder: "");

    private Task<ChildResult> InTerminalAsync(string[] arguments, string folder) =>
        PseudoTerminal.RunAsync("dotnet", Command(arguments), [], Options(_folder.Combine(folder)));

    private Task<ChildResult> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync("dotnet", Command(arguments), Options(_folder.Path));

    private string[] Command(string[] arguments) =>
        [BuiltSample.Dll("DeveloperCli"), .. arguments, "--data-directory", _state, "--endpoint", _endpoint];

    private ChildOptions Options(string workingDirectory, string? variable = null)
    {
        Dictionary<string, string?> environment = new()
        {
            // Whoever runs the tests may have switched reporting off for themselves.
            ["DO_NOT_TRACK"] = null,
            ["DEVELOPER_CLI_TELEMETRY_OPTOUT"] = null,
            ["DEVELOPER_CLI_USAGE_REPORTING"] = null,
            ["DEVELOPER_CLI_NO_ANALYTICS"] = null,
            ["XDG_CONFIG_HOME"] = _folder.Combine("config"),

            // The runtime's own diagnostics are a socket and two pipes.
            ["DOTNET_EnableDiagnostics"] = "0",

            // No keys for the cursor before the first line.
            ["TERM"] = "dumb",
        };
        if (variable?.Split('=') is [var name, var value])
        {
            environment[name] = value;
        }

        return new ChildOptions { Environment = environment, WorkingDirectory = workingDirectory };
    }
}
