using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Packages;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>
/// What the Dockerfile says, without an engine for it: its build from the files that it copies, its environment, its entry point and
/// its health check. Whether the images below it are right is not seen here.
/// </summary>
[Category("Long")]
[Platform("Linux")]
[RequiresTool("git")]
public sealed partial class DockerfileTests
{
    private readonly int _port = FreePort.Find();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_AsTheDockerfileSays_BuildsStartsAndIsReady()
    {
        string source = _folder.Combine("source");
        await RepositoryCopy.MakeAsync(source);
        // As .dockerignore has it; what is built is in no commit.
        Directory.Delete(Path.Combine(source, ".git"), recursive: true);
        Directory.Delete(Path.Combine(source, "ops"), recursive: true);
        string dockerfile = Here(await File.ReadAllTextAsync(RepositoryRoot.Combine("Dockerfile")));
        Dictionary<string, string?> environment = Setting().Matches(Environment().Match(dockerfile).Value)
            .ToDictionary(setting => setting.Groups[1].Value, string? (setting) => setting.Groups[2].Value);

        ChildResult built = await ChildProcess.RunAsync(
            "sh",
            ["-c", Build().Match(dockerfile).Groups[1].Value],
            new ChildOptions
            {
                WorkingDirectory = source,
                Environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
                Bound = TimeSpan.FromMinutes(10),
            });
        Assert.That(built.ExitCode, Is.Zero, built.Output + built.Error);
        string[] entry = Words(EntryPoint().Match(dockerfile));
        await using ChildProcess process = ChildProcess.Start(entry[0], entry[1..], Options(environment));
        await process.WaitForOutputAsync("storing in ");
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        using HttpResponseMessage answer = await http.PostAsync("/report", new StringContent(Reports.Paperless(), Encoding.UTF8, "application/json"));
        string[] check = Words(HealthCheck().Match(dockerfile));
        ChildResult healthy = await ChildProcess.RunAsync(check[0], check[1..], Options(environment));
        process.Signal("TERM");
        ChildResult ended = await process.WaitForExitAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(environment.Keys, Has.Member("ASPNETCORE_URLS").And.Member("UsageReporting__Server__DataDirectory"));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(healthy, Is.EqualTo(new ChildResult(0, "", "")));
            Assert.That((ended.ExitCode, ended.Error), Is.EqualTo((0, "")));
            Assert.That(_folder.Combine("data", "usage.db"), Does.Exist);
        }
    }

    private ChildOptions Options(Dictionary<string, string?> environment) => new()
    {
        WorkingDirectory = _folder.Combine("app"), Environment = environment, Bound = TimeSpan.FromMinutes(3),
    };

    // Its folders and its port are this test's.
    private string Here(string dockerfile) => dockerfile.Replace("/app", _folder.Combine("app"), StringComparison.Ordinal)
        .Replace("/data", _folder.Combine("data"), StringComparison.Ordinal).Replace(":8080", $":{_port}", StringComparison.Ordinal);

    private static string[] Words(Match command) =>
        [.. command.Groups[1].Value.Split(',').Select(word => word.Trim().Trim('"'))];

    [GeneratedRegex("^RUN (.*)$", RegexOptions.Multiline)]
    private static partial Regex Build();

    [GeneratedRegex(@"^ENV (.*\\\n)*.*$", RegexOptions.Multiline)]
    private static partial Regex Environment();

    [GeneratedRegex(@"(\w+)=(\S+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^HEALTHCHECK .* CMD \[(.*)\]$", RegexOptions.Multiline)]
    private static partial Regex HealthCheck();

    [GeneratedRegex(@"^ENTRYPOINT \[(.*)\]$", RegexOptions.Multiline)]
    private static partial Regex EntryPoint();
}
