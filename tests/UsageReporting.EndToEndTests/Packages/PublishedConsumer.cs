using System.Runtime.InteropServices;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>
/// An application of somebody else: away from the repository, with the packages and nothing else of it, trimmed, in one
/// file that needs no .NET on the machine.
/// </summary>
internal sealed class PublishedConsumer : IDisposable
{
    private const string Name = "UsageReporting.Consumer";

    private readonly TemporaryFolder _folder = new();

    /// <summary>What the build said.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Where the application keeps its files.</summary>
    public string Data => _folder.Combine("data");

    public async Task PublishAsync(PackageFeed feed)
    {
        string sources = Directory.CreateDirectory(_folder.Combine("sources")).FullName;
        Directory.CreateDirectory(Data);
        foreach (string file in Directory.GetFiles(RepositoryRoot.Combine("tests", Name)))
        {
            File.Copy(file, Path.Combine(sources, Path.GetFileName(file)));
        }

        // The packages of others are read from where they are; ours, which nobody needs afterwards, do not get there.
        string cache = await Dotnet.RunAsync(sources, ["nuget", "locals", "global-packages", "--list", "--force-english-output"]);
        Log = await Dotnet.RunAsync(
            sources,
            [
                "publish", "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier,
                "--output", _folder.Combine("published"), $"-p:UsageReportingVersion={feed.Version}",
                $"-p:RestoreAdditionalProjectSources={feed.Folder}", "-p:UseSharedCompilation=false",
            ],
            new("NUGET_PACKAGES", _folder.Combine("packages")),
            new("NUGET_FALLBACK_PACKAGES", cache[(cache.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
    }

    public Task<ChildResult> RunAsync(Uri endpoint, params string[] arguments) => ChildProcess.RunAsync(
        _folder.Combine("published", OperatingSystem.IsWindows() ? $"{Name}.exe" : Name),
        [endpoint.AbsoluteUri, Data, .. arguments],
        new ChildOptions
        {
            // Whoever runs the tests may have switched reporting off for themselves.
            Environment = new Dictionary<string, string?>
            {
                ["DO_NOT_TRACK"] = null, ["CONSUMER_TELEMETRY_OPTOUT"] = null, ["CONSUMER_USAGE_REPORTING"] = null,
            },
        });

    public void Dispose() => _folder.Dispose();
}
