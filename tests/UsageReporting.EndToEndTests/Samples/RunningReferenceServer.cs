using UsageReporting.TestSupport.Processes;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>The built ReferenceServer as an operator starts it: a process of its own, a folder of its own.</summary>
internal sealed class RunningReferenceServer : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly ChildProcess _process;

    private RunningReferenceServer(string address) => _process = ChildProcess.Start(
        "dotnet",
        [BuiltSample.Dll("ReferenceServer"), "--urls", address, $"--UsageReporting:Server:DataDirectory={_data.Path}"]);

    public string Address { get; private set; } = "";

    public string Endpoint => Address + "/report";

    public string Database => _data.Combine("usage.db");

    public static async Task<RunningReferenceServer> StartAsync()
    {
        RunningReferenceServer server = new("http://127.0.0.1:0");
        await server._process.WaitForOutputAsync("usage.db");
        server.Address = server._process.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _data.Dispose();
    }
}
