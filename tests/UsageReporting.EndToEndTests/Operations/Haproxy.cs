using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>A real haproxy with the configuration of <c>ops/haproxy</c>, in front of two ports of this machine.</summary>
internal sealed class Haproxy : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Find();
    private readonly ChildProcess _process;

    public Haproxy(int one, int two, int retries)
    {
        string file = _folder.Combine("haproxy.cfg");
        File.WriteAllText(file, File.ReadAllText(RepositoryRoot.Combine("ops", "haproxy", "usage-reports.cfg"))
            .Replace("bind :8000", $"bind 127.0.0.1:{_port}", StringComparison.Ordinal)
            .Replace("retries 3", $"retries {retries}", StringComparison.Ordinal)
            .Replace("10.0.0.1:8080", $"127.0.0.1:{one}", StringComparison.Ordinal)
            .Replace("10.0.0.2:8080", $"127.0.0.1:{two}", StringComparison.Ordinal));
        _process = ChildProcess.Start("haproxy", ["-q", "-f", file], new ChildOptions { Bound = TimeSpan.FromMinutes(10) });
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
