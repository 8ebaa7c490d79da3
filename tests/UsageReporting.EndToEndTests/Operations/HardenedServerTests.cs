using System.Globalization;
using System.Net;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>
/// The built reference server as the image and the unit run it: a user without rights, a file system that cannot be
/// written but for one folder and an empty <c>/tmp</c>.
/// </summary>
[Platform("Linux")]
[RequiresTool("unshare", "util-linux")]
[RequiresTool("setpriv", "util-linux")]
public sealed class HardenedServerTests
{
    private const string Nobody = "65534";

    // Mounts what is to stay first: what is below the root is remounted with it.
    private const string Surroundings = """
        mount --bind "$1" "$1" && mount --bind "$2" "$2" && mount -o remount,bind,ro / && mount -o remount,bind,ro "$1" &&
        cd / && shift 2 && exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@"
        """;

    private TemporaryFolder _program = null!;
    private TemporaryFolder _data = null!;

    [SetUp]
    public async Task SetUp()
    {
        await SmallDisk.RequireAsync();
        _program = new TemporaryFolder();
        _data = new TemporaryFolder();
        // The repository may lie where nobody else may look.
        string built = Path.GetDirectoryName(BuiltSample.Dll("ReferenceServer"))!;
        await RunAsync("cp", "-r", $"{built}/.", _program.Path);
        await RunAsync("chmod", "-R", "a+rX", _program.Path);
        await RunAsync("chown", Nobody, _data.Path);
    }

    [TearDown]
    public void TearDown()
    {
        _data.Dispose();
        _program.Dispose();
    }

    [Test]
    public async Task Run_ReadOnlyRootAndNoRights_TakesReportsAndEndsInOrder()
    {
        await using ChildProcess process = Start("--urls", "http://127.0.0.1:0", $"--UsageReporting:Server:DataDirectory={_data.Path}");
        await process.WaitForOutputAsync("usage.db");
        using HttpClient http = new() { BaseAddress = Address(process) };

        using HttpResponseMessage answer = await http.PostAsync(
            "/report", new StringContent(Reports.Paperless(), System.Text.Encoding.UTF8, "application/json"));
        string status = await File.ReadAllTextAsync($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/status");
        string mounts = await File.ReadAllTextAsync($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/mounts");
        process.Signal("TERM");
        ChildResult result = await process.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(status, Does.Contain($"Uid:\t{Nobody}\t{Nobody}\t{Nobody}\t{Nobody}\n").And.Contain("CapEff:\t0000000000000000\n"));
            Assert.That(mounts.Split('\n').Where(line => line.Split(' ') is [_, "/", _, { } options, ..] && options.StartsWith("ro", StringComparison.Ordinal)), Is.Not.Empty);
            Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        });
    }

    [Test]
    public async Task Run_FolderThatMayNotBeWritten_SaysSo()
    {
        await using ChildProcess process = Start("--urls", "http://127.0.0.1:0", "--UsageReporting:Server:DataDirectory=/var/usage-reports");

        ChildResult result = await process.WaitForExitAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("The server cannot start: ").And.Contain("/var/usage-reports"));
        Assert.That(result.Error.Split('\n'), Has.Length.EqualTo(2));
    }

    private ChildProcess Start(params string[] settings) => ChildProcess.Start(
        "unshare",
        [
            "-m", "sh", "-c", Surroundings, "sh", _program.Path, _data.Path,
            "dotnet", Path.Combine(_program.Path, "ReferenceServer.dll"), .. settings,
        ],
        new ChildOptions
        {
            Environment = new Dictionary<string, string?> { ["DOTNET_EnableDiagnostics"] = "0", ["HOME"] = "/nonexistent" },
            WorkingDirectory = "/",
        });

    private static Uri Address(ChildProcess process) =>
        new(process.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));

    private static async Task RunAsync(string command, params string[] arguments)
    {
        ChildResult result = await ChildProcess.RunAsync(command, arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }
}
