using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>What a host pays for usage reporting when it starts and nothing is due: a process with it, and one without.</summary>
[TestFixture]
internal sealed partial class HostStartTests
{
    private const int MostBytes = 128 * 1_024;

    private static readonly string[] Ours = ["UsageReporting.Core", "UsageReporting.Transports"];

    // AddHttpClient alone loads System.Net.Http; that an endpoint is an address is checked at the start; System.Memory
    // holds nothing but the word that spans are somewhere else.
    private static readonly string[] Others =
        ["Microsoft.Extensions.Http", "System.Net.Http", "System.Private.Uri", "System.Memory"];

    private static readonly string Program = BuiltSample.TestProgram("UsageReporting.HostStart");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Start_WithUsageReporting_AllocatesLittleAndLoadsNothingElse()
    {
        (long bytes, string[] assemblies) = await StartAsync();
        (long bytesWith, string[] assembliesWith) = await StartAsync(_folder.Path);

        string[] additional = [.. assembliesWith.Except(assemblies)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bytesWith - bytes, Is.InRange(1, MostBytes));
            Assert.That(additional, Is.SupersetOf(Ours));
            Assert.That(additional, Is.SubsetOf([.. Ours, .. Others]));
        }
    }

    [Test]
    [Platform("Linux")]
    [RequiresTool("strace")]
    public async Task Start_UnderStrace_OpensNoSocketAndTouchesNothingButAssemblies()
    {
        string[] calls = await TraceAsync();
        string[] callsWith = await TraceAsync(_folder.Path);

        IEnumerable<string> additional = Paths(callsWith).Except(Paths(calls));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(callsWith.Where(call => call.Contains("socket(", StringComparison.Ordinal)), Is.Empty);
            Assert.That(additional.Select(Path.GetFileName), Is.SupersetOf(Ours.Select(name => $"{name}.dll")));
            Assert.That(
                additional.Where(path => !Ours.Concat(Others).Contains(Path.GetFileNameWithoutExtension(path))), Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.Empty);
        }
    }

    private static async Task<(long Bytes, string[] Assemblies)> StartAsync(params string[] arguments)
    {
        ChildResult run = await ChildProcess.RunAsync("dotnet", [Program, .. arguments]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (long.Parse(lines[0], CultureInfo.InvariantCulture), lines[1..]);
    }

    private static async Task<string[]> TraceAsync(params string[] arguments)
    {
        using TemporaryFolder traces = new();
        string trace = traces.Combine("trace");
        ChildResult run = await ChildProcess.RunAsync(
            "strace",
            ["-f", "-s", "4096", "-o", trace, "-e", "trace=%network,%file", "dotnet", Program, .. arguments],
            // The runtime's own diagnostics are a socket and two pipes.
            new ChildOptions { Environment = new Dictionary<string, string?> { ["DOTNET_EnableDiagnostics"] = "0" } });
        Assert.That(run.ExitCode, Is.Zero, run.Error);

        // The command line itself names the folder; and /proc has a folder for each process.
        return
        [
            .. (await File.ReadAllLinesAsync(trace)).Where(call =>
                !call.Contains(" execve(", StringComparison.Ordinal) && !call.Contains("\"/proc/", StringComparison.Ordinal)),
        ];
    }

    private static IEnumerable<string> Paths(string[] calls) =>
        calls.SelectMany(call => Quoted().Matches(call)).Select(match => match.Groups[1].Value).Where(Path.IsPathRooted);

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();
}
