using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The built ReferenceServer on a folder that outlives it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly string _folder;

    private ServerProcess(ChildProcess process, Uri address, string folder, TimeSpan started)
    {
        Process = process;
        Started = started;
        Address = address;
        _folder = folder;
        Http = Canaries.SaidBy(new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 4_096 }) { BaseAddress = address });
    }

    public ChildProcess Process { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>How long it took from the process's start until it could store.</summary>
    public TimeSpan Started { get; }

    /// <summary>Starts a server and waits until it can store.</summary>
    /// <param name="folder">Where its database is.</param>
    /// <param name="around">A command that runs the server's, such as strace.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<ServerProcess> StartAsync(string folder, string[]? around = null, string[]? settings = null)
    {
        Stopwatch since = Stopwatch.StartNew();
        ChildProcess process = Run(folder, around, settings);
        try
        {
            await process.WaitForOutputAsync("storing in ");
            Uri address = new(process.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));
            using HttpClient http = new() { BaseAddress = address };
            using HttpResponseMessage ready = await http.GetAsync("/healthz/ready");
            ready.EnsureSuccessStatusCode();
            return new ServerProcess(process, address, folder, since.Elapsed);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server that may not come as far as to listen.</summary>
    public static ChildProcess Run(string folder, string[]? around = null, string[]? settings = null)
    {
        string[] command =
        [
            .. around ?? [], "dotnet", BuiltSample.Dll("ReferenceServer"),
            "--urls", "http://127.0.0.1:0", $"--UsageReporting:Server:DataDirectory={folder}", .. settings ?? [],
        ];
        return ChildProcess.Start(command[0], command[1..], new ChildOptions
        {
            // The runtime's own files and sockets are not what faults are injected into.
            Environment = new Dictionary<string, string?> { ["DOTNET_EnableDiagnostics"] = "0" },
            Bound = TimeSpan.FromMinutes(3),
        });
    }

    /// <summary>Sends a report of an installation.</summary>
    public async Task<HttpStatusCode> SendAsync(string id)
    {
        using StringContent report = new(Reports.Paperless(id), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Http.PostAsync("/report", report);
        return answer.StatusCode;
    }

    /// <summary>The most memory that it has had, in bytes, on Linux.</summary>
    public long PeakMemory() => 1_024 * long.Parse(
        File.ReadLines($"/proc/{Process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
        Canaries.AssertNothingKept([Process.Output, Process.Error], Address, _folder);
    }
}
