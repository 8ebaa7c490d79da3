using System.Globalization;
using NUnit.Framework;
using UsageReporting.TestSupport.Processes;
using UsageReporting.TestSupport;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>The built sample as a person runs it, in a terminal, against the built server.</summary>
[TestFixture]
[RequiresTool("script", "bsdutils")]
internal sealed class AskEachTimeTests
{
    private const string Question = "Send this report? [y/N]: ";

    private TemporaryFolder _folder = null!;
    private string _state = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _state = _folder.Combine("state");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Send_Yes_StoresExactlyWhatWasShown()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        ChildResult run = await InTerminalAsync(["usage", "send", "--endpoint", server.Endpoint], new Typed(Question, "y\n"));

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        VerifySettings settings = new();
        settings.DontScrubDateTimes();
        await Verifier.Verify(WithoutMachine(run.Output), settings);
        IReadOnlyDictionary<string, object?> row = StoredReports.Query(server.Database, "SELECT * FROM reports").Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain($"Installation ID : {row["uuid"]}"));
            Assert.That(File.ReadAllText(Path.Combine(_state, "usage_uuid")), Is.EqualTo($"{row["uuid"]}\n"));
            Assert.That(row["version"], Is.EqualTo("2.15.0"));
            Assert.That(row["build_date"], Is.EqualTo("2026-05-18T12:00:00Z"));
            Assert.That(row["doc_bucket"], Is.EqualTo("1000-9999"));
            Assert.That(row["multi_user"], Is.EqualTo(1L));
            Assert.That(row["feature_ai"], Is.EqualTo(0L));
            Assert.That(row["received"], Does.Match(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\z"));
        }
    }

    [Test]
    public async Task Send_Again_IsRefusedKindly()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        await InTerminalAsync(["usage", "send", "--endpoint", server.Endpoint], new Typed(Question, "YES\n"));

        ChildResult again = await InTerminalAsync(["usage", "send", "--endpoint", server.Endpoint], new Typed(Question, "yes\n"));

        string received = (string)StoredReports.Query(server.Database, "SELECT received FROM reports").Single()["received"]!;
        string inAWeek = DateTimeOffset.Parse(received, CultureInfo.InvariantCulture).AddDays(7)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.That(
            again.Output,
            Does.EndWith($"Already submitted today. Nothing sent.\nYou can send again after {inAWeek}.\n"));
        Assert.That(again.ExitCode, Is.Zero);
    }

    [TestCase("n\n")]
    [TestCase("\n")]
    [TestCase("yess\n")]
    [TestCase("\u0004", Description = "the end of input")]
    public async Task Send_AnythingElse_SendsAndKeepsNothing(string keys)
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        ChildResult run = await InTerminalAsync(["usage", "send", "--endpoint", server.Endpoint], new Typed(Question, keys));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.EndWith("\nNothing sent.\n"));
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(_state, Does.Not.Exist);
            Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports"), Is.Empty);
        }
    }

    [Test]
    public async Task Send_Interrupted_SendsNothingAndSaysSo()
    {
        ChildResult run = await InTerminalAsync(["usage", "send"], new Typed(Question, "\u0003"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.EndWith("\nNothing sent.\n"));
            Assert.That(run.ExitCode, Is.EqualTo(130));
            Assert.That(_state, Does.Not.Exist);
        }
    }

    [Test]
    public async Task Send_WithoutATerminal_IsNo([Values] bool isInputThere)
    {
        ChildInput input = isInputThere ? ChildInput.Text("y\n") : ChildInput.None;

        ChildResult run = await RunAsync(["usage", "send"], new ChildOptions { Input = input });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.EndWith("\n\nNothing sent.\n"));
            Assert.That(run.Output, Does.Not.Contain(Question));
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(_state, Does.Not.Exist);
        }
    }

    [Test]
    public async Task Send_YesOption_SendsWithoutATerminal()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();

        ChildResult run = await RunAsync(["usage", "send", "--yes", "--endpoint", server.Endpoint]);

        Assert.That(run.Output, Does.EndWith("\n\nReport sent. Thank you.\n"));
        Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Send_SwitchedOff_SaysByWhatAndCollectsNothing()
    {
        ChildOptions options = new() { Environment = new Dictionary<string, string?> { ["PAPERLESS_NGX_TELEMETRY_OPTOUT"] = "1" } };

        ChildResult run = await RunAsync(["usage", "send", "--yes"], options);

        Assert.That(run.Output, Is.EqualTo("Usage reporting is off: PAPERLESS_NGX_TELEMETRY_OPTOUT is set. Nothing sent.\n"));
        Assert.That(_state, Does.Not.Exist);
    }

    [Test]
    public async Task Send_NobodyListens_SaysThatNothingWasSent()
    {
        // Port 9 of this machine: the discard service, which nothing runs any more.
        ChildResult run = await RunAsync(["usage", "send", "--yes", "--endpoint", "http://127.0.0.1:9/report"]);

        Assert.That(run.Output, Does.EndWith("\nCould not reach the reporting endpoint. Nothing was sent.\n"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test, Property("Case", 121)]
    public async Task Send_NoFileMayHoldAByte_SaysWhereItCouldNotWrite()
    {
        ChildResult run = await ChildProcess.RunAsync(
            "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 0; exec dotnet \"$@\"", "sh", .. Command(["usage", "send", "--yes"])],
            new ChildOptions
            {
                // The runtime itself keeps code in a file in memory, unless it is told not to.
                Environment = new Dictionary<string, string?>(NoSwitches)
                {
                    ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0",
                },
            });

        Assert.That(run.Output, Does.EndWith($"\nCould not write to {_state}. Nothing sent.\n"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test, Platform("Linux")]
    public async Task Send_StateFolderInMemoryThatNobodyNamed_KeepsNoIdAndSendsNothing()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        string home = $"/dev/shm/usage-reporting-{Path.GetRandomFileName()}";

        ChildResult run = await ChildProcess.RunAsync(
            "dotnet",
            [BuiltSample.Dll("AskEachTime"), "usage", "send", "--yes", "--endpoint", server.Endpoint],
            new ChildOptions { Environment = new Dictionary<string, string?>(NoSwitches) { ["XDG_STATE_HOME"] = home } });

        Assert.That(run.Output, Does.EndWith($"\nCould not write to {home}/paperless-ngx. Nothing sent.\n"));
        Assert.That(home, Does.Not.Exist);
        Assert.That(StoredReports.Query(server.Database, "SELECT * FROM reports"), Is.Empty);
    }

    [Test]
    public async Task Send_PlainHttpToAnotherMachine_IsMisuse()
    {
        ChildResult run = await RunAsync(["usage", "send", "--yes", "--endpoint", "http://stats.example.org/report"]);

        Assert.That(run.Error, Is.EqualTo("endpoint: it must be https; http is spoken to this machine only.\n"));
        Assert.That(run.ExitCode, Is.EqualTo(2));
    }

    [Test]
    [RequiresTool("strace")]
    public async Task DryRun_UnderStrace_TouchesNeitherNetworkNorDisk()
    {
        ChildResult run = await ChildProcess.RunAsync("strace", Traced("--dry-run"), WithoutDiagnostics);

        Assert.That(run.Output, Does.Contain(" (new, not kept)\n").And.EndsWith("\n\nDry run — nothing sent.\n"));
        AssertNothingTouched();
    }

    [TestCase("n\n")]
    [TestCase("\u0003", Description = "Ctrl-C at the question")]
    [RequiresTool("strace")]
    public async Task Send_NoUnderStrace_TouchesNeitherNetworkNorDisk(string keys)
    {
        ChildResult run = await PseudoTerminal.RunAsync(
            "strace", Traced(), [new Typed(Question, keys)], WithoutDiagnostics);

        Assert.That(run.Output, Does.EndWith("\nNothing sent.\n"));
        AssertNothingTouched();
    }

    [Test]
    public async Task Schema_Printed_IsWhatTheReferenceServerLoads()
    {
        ChildResult run = await RunAsync(["usage", "schema"]);

        string loaded = File.ReadAllText(RepositoryRoot.Combine("samples", "ReferenceServer", "schemas", "paperless-ngx.json"));
        Assert.That(run.Output, Is.EqualTo(loaded));
    }

    private string[] Traced(params string[] options) =>
    [
        "-f", "-o", _folder.Combine("trace"), "-e", $"trace={TracedCalls.Watched}",
        "dotnet", .. Command(["usage", "send", .. options]),
    ];

    private void AssertNothingTouched()
    {
        IReadOnlyList<string> calls = TracedCalls.Read(_folder.Combine("trace"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls, Has.Some.Contains("AskEachTime.dll"), "the trace does not see the program");
            Assert.That(calls.Where(TracedCalls.IsNetwork), Is.Empty);
            Assert.That(calls.Where(TracedCalls.IsWrite), Is.Empty);
            Assert.That(_state, Does.Not.Exist);
        }
    }

    // What differs from machine to machine: how it is installed, and its processor.
    private static string WithoutMachine(string screen) => string.Join('\n', screen.Split('\n').Select(line =>
        line.StartsWith("Install type", StringComparison.Ordinal) || line.StartsWith("Architecture", StringComparison.Ordinal)
            ? line[..(line.IndexOf(':', StringComparison.Ordinal) + 2)] + "(this machine's)"
            : line));

    private Task<ChildResult> InTerminalAsync(string[] arguments, params Typed[] typed) =>
        PseudoTerminal.RunAsync("dotnet", Command(arguments), typed, new ChildOptions { Environment = NoSwitches });

    private Task<ChildResult> RunAsync(string[] arguments, ChildOptions? options = null) => ChildProcess.RunAsync(
        "dotnet",
        Command(arguments),
        (options ?? new ChildOptions()) with
        {
            Environment = options is { Environment.Count: > 0 } ? options.Environment : NoSwitches,
        });

    private string[] Command(string[] arguments) =>
        [BuiltSample.Dll("AskEachTime"), .. arguments, "--data-directory", _state];

    // The runtime's own diagnostics are a socket and two pipes.
    private static ChildOptions WithoutDiagnostics =>
        new() { Environment = new Dictionary<string, string?>(NoSwitches) { ["DOTNET_EnableDiagnostics"] = "0" } };

    // Whoever runs the tests may have switched reporting off for themselves.
    private static readonly Dictionary<string, string?> NoSwitches = new()
    {
        ["DO_NOT_TRACK"] = null,
        ["PAPERLESS_NGX_TELEMETRY_OPTOUT"] = null,
        ["PAPERLESS_NGX_USAGE_REPORTING"] = null,
    };
}
