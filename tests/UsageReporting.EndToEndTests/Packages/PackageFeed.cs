using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Packages;

/// <summary>Packages, built for release and packed into a folder that NuGet takes for a feed.</summary>
internal sealed class PackageFeed : IDisposable
{
    /// <summary>Those of the client.</summary>
    public static readonly string[] Packages =
    [
        "UsageReporting.Core", "UsageReporting.Transports", "UsageReporting.CommandLine", "UsageReporting.AspNetCore",
        "UsageReporting.Testing", "UsageReporting.GoogleAnalytics",
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Another one each time: a package that some cache already holds would be taken from there.</summary>
    public string Version { get; } = $"0.1.0-test.{Guid.NewGuid():N}";

    public string Folder => _folder.Combine("feed");

    public async Task PackAsync(params string[] packages)
    {
        foreach (string package in packages)
        {
            // What is built stays out of the repository, whose own builds other tests are using.
            await Dotnet.RunAsync(
                RepositoryRoot.Folder,
                [
                    "pack", Path.Combine("src", package), "--configuration", "Release", "--output", Folder,
                    "--artifacts-path", _folder.Combine("artifacts"), $"-p:Version={Version}",
                    "-p:RestoreLockedMode=true", "-p:UseSharedCompilation=false",
                ]);
        }
    }

    public Package Package(string id) => new(Path.Combine(Folder, $"{id}.{Version}.nupkg"));

    public Package Symbols(string id) => new(Path.Combine(Folder, $"{id}.{Version}.snupkg"));

    public void Dispose() => _folder.Dispose();
}
