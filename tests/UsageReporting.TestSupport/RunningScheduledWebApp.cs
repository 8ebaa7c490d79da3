using UsageReporting.TestSupport.Processes;

namespace UsageReporting.TestSupport;

/// <summary>The built ScheduledWebApp.</summary>
public sealed class RunningScheduledWebApp : IAsyncDisposable
{
    private RunningScheduledWebApp(ChildProcess process, Uri address)
    {
        Process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    /// <summary>The process.</summary>
    public ChildProcess Process { get; }

    /// <summary>Asks where it listens.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it, and waits for its first line.</summary>
    public static async Task<RunningScheduledWebApp> StartAsync(params string[] settings)
    {
        ChildProcess process = ChildProcess.Start(
            "dotnet", [BuiltSample.Dll("ScheduledWebApp"), "--Urls=http://127.0.0.1:0", .. settings]);
        try
        {
            await process.WaitForOutputAsync("\n");
            return new RunningScheduledWebApp(
                process,
                new Uri(process.Output.Split(' ', ';').Single(word => word.StartsWith("http://", StringComparison.Ordinal))));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one of its commands beside it.</summary>
    public static Task<ChildResult> RunAsync(string[] settings, params string[] command) =>
        ChildProcess.RunAsync("dotnet", [BuiltSample.Dll("ScheduledWebApp"), .. settings, "usage", .. command]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }
}
