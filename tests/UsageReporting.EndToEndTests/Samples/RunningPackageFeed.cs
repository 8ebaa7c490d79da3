using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>The built PackageFeed.</summary>
internal sealed class RunningPackageFeed : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private RunningPackageFeed(ChildProcess process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    public static async Task<RunningPackageFeed> StartAsync(TemporaryFolder folder)
    {
        ChildProcess process = ChildProcess.Start(
            "dotnet", [BuiltSample.Dll("PackageFeed"), "--urls", "http://127.0.0.1:0", $"--DataDirectory={folder.Path}"]);
        try
        {
            await process.WaitForOutputAsync("installs.db");
            return new RunningPackageFeed(
                process,
                new Uri(process.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal))));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }
}
