using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>More connections than the server has room for: it stays bounded, and is there again when they go.</summary>
[Category("Long")]
[Platform("Linux", Reason = "How many files may be open is read from /proc.")]
public sealed class CrowdTests
{
    private const int Connections = 2_000;

    // Both ends of 5,000 connections are in this process, which would not survive to have no file left.
    private const int Files = 12_000;

    private readonly List<RawConnection> _crowd = [];
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder()
    {
        Disperse();
        _folder.Dispose();
    }

    [Test, Property("Case", 81)]
    public async Task Connect_5000SilentOnes_AreBoundedAndHonestOnesComeAgain()
    {
        RequireFiles();
        await using RunningServer server = await RunningServer.StartAsync(_folder);

        await GatherAsync(server.Address, 5_000);
        await UntilAsync(() => Task.FromResult(_crowd.Count(c => !c.IsClosed) == Connections), "2,000 are left");
        Assert.That(await StatusAsync(server.Address), Is.Empty, "The next one is refused at once.");

        Disperse();
        await UntilAsync(async () => await StatusAsync(server.Address) == "204", "a report is accepted again");
    }

    [Test, Property("Case", 81)]
    public async Task Connect_MoreThanTheProcessHasFilesFor_AreRefusedAndHonestOnesComeAgain()
    {
        await using ChildProcess server = ChildProcess.Start(
            "/bin/sh",
            [
                "-c", "ulimit -n 1000; exec \"$@\"", "sh", "dotnet", BuiltSample.Dll("ReferenceServer"),
                "--urls", "http://127.0.0.1:0", $"--UsageReporting:Server:DataDirectory={_folder.Path}",
            ]);
        await server.WaitForOutputAsync("usage.db");
        Uri address = new(server.Output.Split(' ', ',').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));

        // 600 of them are for other things than connections, and for those that are still being refused: each hundred is
        // before the next comes.
        for (int i = 0; i < 10; i++)
        {
            await GatherAsync(address, 100);
            await UntilAsync(() => Task.FromResult(_crowd.Count(c => !c.IsClosed) <= 400), "at most 400 are left");
        }

        Disperse();

        await UntilAsync(async () => await StatusAsync(address) == "204", "a report is accepted again");
        server.Signal("TERM");
        Assert.That((await server.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    private static void RequireFiles()
    {
        string limit = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        if (int.TryParse(limit, CultureInfo.InvariantCulture, out int files) && files < Files)
        {
            Missing.Skip($"needs {Files} open files, and the process may have {files}: raise ulimit -n");
        }
    }

    private static async Task<string> StatusAsync(Uri server)
    {
        string body = Reports.Paperless(Reports.NewId());
        try
        {
            using RawConnection connection = await RawConnection.OpenAsync(server);
            await connection.SendAsync(
                $"POST /report HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            return RawConnection.StatusesIn(await connection.ReadToEndAsync());
        }
        catch (SocketException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), what);
            await Task.Yield();
        }
    }

    private async Task GatherAsync(Uri server, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _crowd.Add(await RawConnection.OpenAsync(server));
        }
    }

    private void Disperse()
    {
        _crowd.ForEach(connection => connection.Dispose());
        _crowd.Clear();
    }
}
