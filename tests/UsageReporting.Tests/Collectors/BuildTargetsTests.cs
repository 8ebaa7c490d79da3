using System.Reflection;
using System.Runtime.Loader;
using NUnit.Framework;
using UsageReporting.Core.Collectors;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.Tests.Collectors;

/// <summary>What <c>UsageReporting.Core.targets</c> writes into the assembly of an application that is built with it.</summary>
[Category("Long")]
public sealed class BuildTargetsTests
{
    private const string Hash = "bd86dca57aaaabbbbccccddddeeeeffff0000111";

    // What a build server sets would give the answer in place of the test.
    private static readonly string[] Ambient = ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "SOURCE_DATE_EPOCH", "CI"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeProject()
    {
        _folder = new TemporaryFolder();
        File.WriteAllText(_folder.Combine("app.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Version>2.15.0</Version>
              </PropertyGroup>
              <Import Project="{RepositoryRoot.Combine("src/UsageReporting.Core/buildTransitive/UsageReporting.Core.targets")}" />
            </Project>
            """);
        File.WriteAllText(_folder.Combine("App.cs"), "class App;");
    }

    [TearDown]
    public void DeleteProject() => _folder.Dispose();

    [Test]
    public async Task Build_NoGitAndNothingSet_WritesNothing() =>
        Assert.That(await BuildAsync([]), Is.EqualTo(new BuildInformation("2.15.0", null, null, null)));

    [Test]
    public async Task Build_Properties_AreWritten() =>
        Assert.That(
            await BuildAsync(
                [
                    "-p:UsageReportingChannel=beta", $"-p:UsageReportingCommit={Hash}",
                    "-p:UsageReportingBuildDate=2026-05-18T12:00:00Z",
                ],
                ("GITHUB_SHA", "0123456789"), ("SOURCE_DATE_EPOCH", "1")),
            Is.EqualTo(new BuildInformation("2.15.0", "beta", "bd86dca57", InstantOf(1_779_105_600))));

    [TestCase("GITHUB_SHA")]
    [TestCase("CI_COMMIT_SHA")]
    [TestCase("BUILD_SOURCEVERSION")]
    public async Task Build_OnABuildServerWithoutGit_TakesItsCommit(string variable) =>
        Assert.That((await BuildAsync([], (variable, Hash))).Commit, Is.EqualTo("bd86dca57"));

    [Test]
    [RequiresTool("git")]
    public async Task Build_InGit_WritesItsCommitAndIsTheSameEachTime()
    {
        await RunAsync("git", ["init", "--quiet"]);
        File.WriteAllText(_folder.Combine(".gitignore"), "bin\nobj\n");
        await RunAsync("git", ["add", "."]);
        await RunAsync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "First"]);
        string head = (await RunAsync("git", ["rev-parse", "HEAD"])).Output.Trim();

        BuildInformation first = await BuildAsync([], ("SOURCE_DATE_EPOCH", "1779105600"), ("GITHUB_SHA", Hash));
        byte[] bytes = await File.ReadAllBytesAsync(Built);
        Directory.Delete(_folder.Combine("obj"), recursive: true);
        await BuildAsync([], ("SOURCE_DATE_EPOCH", "1779105600"), ("GITHUB_SHA", Hash));

        Assert.That(first, Is.EqualTo(new BuildInformation("2.15.0", null, head[..9], InstantOf(1_779_105_600))));
        Assert.That(await File.ReadAllBytesAsync(Built), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Build_ChannelThatThereIsNot_Fails()
    {
        ChildResult build = await RunAsync("dotnet", ["build", "-p:UsageReportingChannel=nightly", "-nodeReuse:false"]);

        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(
            build.Output, Does.Contain("UsageReportingChannel is \"nightly\" and must be stable, beta or dev."));
    }

    private string Built => _folder.Combine("bin/Release/net10.0/app.dll");

    private static DateTimeOffset InstantOf(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

    private async Task<BuildInformation> BuildAsync(string[] properties, params (string Name, string Value)[] variables)
    {
        ChildResult build = await RunAsync(
            "dotnet", ["build", "-c", "Release", "-v", "quiet", "-nodeReuse:false", .. properties], variables);
        Assert.That(build.ExitCode, Is.Zero, build.Output + build.Error);

        AssemblyLoadContext context = new("app", isCollectible: true);
        try
        {
            using MemoryStream content = new(await File.ReadAllBytesAsync(Built));
            Assembly app = context.LoadFromStream(content);
            return BuildInformation.Of(app);
        }
        finally
        {
            context.Unload();
        }
    }

    private Task<ChildResult> RunAsync(
        string command, string[] arguments, params (string Name, string Value)[] variables)
    {
        Dictionary<string, string?> environment = Ambient.ToDictionary(name => name, _ => (string?)null);
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return ChildProcess.RunAsync(
            command,
            arguments,
            new ChildOptions
            {
                WorkingDirectory = _folder.Path,
                Environment = environment,
                Bound = TimeSpan.FromMinutes(5),
            });
    }
}
