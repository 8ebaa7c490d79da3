using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>What docs/first-minutes.md tells a newcomer to do, done with the packages in a folder outside the repository.</summary>
[TestFixture]
[Category("Long")]
[RequiresTool("script", "bsdutils")]
internal sealed partial class FirstMinutesTests
{
    private const string Question = "Send this report? [y/N]: ";

    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "first-minutes.md"));

    private TemporaryFolder _folder = null!;
    private PackageFeed _feed = null!;
    private string _cache = "";

    private string State => _folder.Combine("state");

    [SetUp]
    public async Task SetUp()
    {
        _folder = new TemporaryFolder();
        _feed = new PackageFeed();
        string said = await Dotnet.RunAsync(_folder.Path, ["nuget", "locals", "global-packages", "--list", "--force-english-output"]);
        _cache = said[(said.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        await _feed.PackAsync("UsageReporting.Core", "UsageReporting.Transports", "UsageReporting.Server");
        await File.WriteAllTextAsync(
            _folder.Combine("nuget.config"),
            $"<configuration><packageSources><add key=\"feed\" value=\"{_feed.Folder}\" /></packageSources></configuration>");
    }

    [TearDown]
    public void TearDown()
    {
        _feed.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Page_DoneFromTheTop_EndsWithAReportInTheDatabase()
    {
        string first = Block("csharp", 0);
        Assert.That(first.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(9), "Ten lines, one of them empty.");
        string app = await MakeAsync("console", "my-app", "UsageReporting.Transports", first);
        ChildResult run = await InTerminalAsync(app);
        string report = await File.ReadAllTextAsync(Path.Combine(app, "reports.jsonl"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(WithoutMachine(run.Output), Is.EqualTo(WithoutMachine(Block("text", 0))));
            Assert.That(report, Does.Contain(Id().Match(run.Output).Value));
            Assert.That((await PipedAsync(app)).Output, Does.EndWith("\n\nNothing sent.\n"));
        }

        // Over the network: the schema, the server, and then the report.
        string stats = await MakeAsync("web", "stats", "UsageReporting.Server", Block("csharp", 1));
        string second = first.Replace("ReportOutcome outcome", $"{Block("csharp", 2)}ReportOutcome outcome", StringComparison.Ordinal);
        await BuildAsync(app, second);
        await PipedAsync(app);
        await using ChildProcess server = ChildProcess.Start(
            "dotnet", [Built(stats), "--urls", "http://127.0.0.1:0"], new ChildOptions { WorkingDirectory = stats, Bound = TimeSpan.FromMinutes(5) });
        await server.WaitForOutputAsync("Application started");
        string address = Listening().Match(server.Output).Groups[1].Value;
        await BuildAsync(app, second.Replace(".AddFileSink(\"reports.jsonl\")", $".AddHttpSink(\"{address}/report\")", StringComparison.Ordinal));

        ChildResult sent = await InTerminalAsync(app);
        ChildResult again = await InTerminalAsync(app);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.Output, Does.EndWith($"{Question}y\nReport sent. Thank you.\n"));
            Assert.That(WithoutMachine(again.Output), Does.EndWith($"{Question}y\n{WithoutMachine(Block("text", 1))}"));
            Assert.That(
                StoredReports.Query(Path.Combine(stats, "usage.db"), "SELECT uuid FROM reports").Single()["uuid"],
                Is.EqualTo(Id().Match(report).Value));
        }
    }

    private static string Block(string language, int number) =>
        Page.Split($"```{language}\n")[number + 1].Split("```")[0];

    private static string WithoutMachine(string text) => Id().Replace(Architecture().Replace(Day().Replace(text, "DAY"), "$1ARCH"), "ID")
        .Replace("At night        : yes", "At night        : no", StringComparison.Ordinal);

    private static string Built(string folder) => Path.Combine(folder, "bin", "Debug", "net10.0", $"{Path.GetFileName(folder)}.dll");

    private async Task<string> MakeAsync(string template, string name, string package, string program)
    {
        string folder = _folder.Combine(name);
        await RunAsync(_folder.Path, "new", template, "-o", name);
        await RunAsync(folder, "add", "package", package, "--version", _feed.Version);
        await BuildAsync(folder, program);
        return folder;
    }

    private async Task BuildAsync(string folder, string program)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program);
        Assert.That(await RunAsync(folder, "build", "-p:UseSharedCompilation=false"), Does.Contain("0 Warning(s)"));
    }

    // The packages of others are read from where they are; ours, which nobody needs afterwards, do not get there.
    private Task<string> RunAsync(string folder, params string[] arguments) => Dotnet.RunAsync(
        folder, arguments, new("NUGET_PACKAGES", _folder.Combine("packages")), new("NUGET_FALLBACK_PACKAGES", _cache));

    private ChildOptions Options(string folder) => new()
    {
        WorkingDirectory = folder,
        Environment = new Dictionary<string, string?> { ["XDG_STATE_HOME"] = State, ["DO_NOT_TRACK"] = null, ["TERM"] = "dumb" },
    };

    private Task<ChildResult> InTerminalAsync(string folder) =>
        PseudoTerminal.RunAsync("dotnet", [Built(folder)], [new Typed(Question, "y\n")], Options(folder));

    private Task<ChildResult> PipedAsync(string folder) => ChildProcess.RunAsync("dotnet", [Built(folder)], Options(folder));

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("(Architecture    : ).*")]
    private static partial Regex Architecture();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex Day();

    [GeneratedRegex("Now listening on: (.*)")]
    private static partial Regex Listening();
}
