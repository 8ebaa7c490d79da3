using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>A <see cref="ServerProcess"/> for one test, with a folder that goes with it.</summary>
internal sealed class RunningReferenceServer : IAsyncDisposable
{
    private readonly TemporaryFolder _data;
    private readonly ServerProcess _server;

    private RunningReferenceServer(TemporaryFolder data, ServerProcess server)
    {
        _data = data;
        _server = server;
    }

    public string Endpoint => $"{_server.Http.BaseAddress}report";

    public string NapariEndpoint => $"{_server.Http.BaseAddress}napari/report";

    public string Database => _data.Combine("usage.db");

    public static async Task<RunningReferenceServer> StartAsync()
    {
        TemporaryFolder data = new();
        try
        {
            return new RunningReferenceServer(data, await ServerProcess.StartAsync(data.Path));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
    }
}
