using System.Diagnostics;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;
using static UsageReporting.EndToEndTests.Downloads.Notifications;

namespace UsageReporting.EndToEndTests.Downloads;

/// <summary>The built ReferenceServer counts installs.</summary>
public sealed class DownloadsServerTests
{
    private const string JobOff = "--UsageReporting:Server:Downloads:RollUpInBackground=false";

    // No test crosses an hour.
    private const string LongWindow = "--UsageReporting:Server:Downloads:WindowSeconds=86400";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Post_Installs_StandInTheCountersSoon()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
        await NotifyAsync(server.Http, Of(Akismet, """{"name":"wp-theme/astra","version":"4.0.0.0"}""", """{"name":"a/b","version":"1"}"""));
        Stopwatch since = Stopwatch.StartNew();

        Assert.That((await CurrentAsync(server.Http, "wp-plugin/akismet", atLeast: 1)).Installs(), Is.EqualTo(1));
        TestContext.Out.WriteLine($"In the counters after {since.ElapsedMilliseconds} ms.");
        Assert.That((await CurrentAsync(server.Http, "wp-theme/astra")).Installs(), Is.EqualTo(1));
    }

    [Test]
    [Category("Long")]
    [Platform("Linux", Reason = "Memory is read from /proc.")]
    public async Task Post_ThousandsOfHalves_CostLittleMemory()
    {
        const int Halves = 1_950;
        string name = new('a', 255 - "wp-plugin/".Length);
        string entry = $$"""{"name":"wp-plugin/{{name}}","version":"{{name}}"},""";
        // As much as is kept, much that is not, and a text without an end.
        string half = $"{{\"downloads\":[{string.Concat(Enumerable.Repeat(entry, 16))}"
            + $"[{string.Concat(Enumerable.Repeat($"{new string(' ', 4_000)}0,", 60))}\"{new string('x', 4_000)}";
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
        List<RawConnection> connections = [];
        try
        {
            for (int i = 0; i < Halves; i++)
            {
                connections.Add(await RawConnection.OpenAsync(server.Address));
                Assert.That(
                    await connections[^1].SendAsync($"POST /downloads HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{half}"), Is.True);
            }

            await NotifyAsync(server.Http, Of(Akismet));

            Assert.That((await CurrentAsync(server.Http, "wp-plugin/akismet", atLeast: 1)).Installs(), Is.EqualTo(1));
            Assert.That(connections.Count(connection => connection.IsClosed), Is.Zero);
            TestContext.Out.WriteLine($"At most {server.PeakMemory() >> 20} MB in memory.");
            Assert.That(server.PeakMemory(), Is.LessThan(256 << 20));
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    [TestCase("X-Forwarded-For", "127.0.0.1")]
    [TestCase("X-Forwarded-For", "127.0.0.0/8")]
    [TestCase("X-Real-IP", "127.0.0.1")]
    [Property("Case", 84)]
    public async Task Post_ThroughAConfiguredProxy_CountsTheClientsThatItNames(string header, string proxy)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, settings:
        [
            LongWindow, $"--UsageReporting:Server:Proxies:0={proxy}", $"--UsageReporting:Server:ClientAddressHeader={header}",
        ]);
        foreach (string client in new[] { "203.0.113.7", "203.0.113.8", "203.0.113.7", "2001:db8::1" })
        {
            await NotifyAsync(server.Http, Of(Akismet), Composer, (header, client));
        }

        // Whoever stands before the proxy can write what they like; only what the proxy itself adds at the end is believed.
        await NotifyAsync(server.Http, Of(Akismet), Composer, (header, "198.51.100.99, 203.0.113.7"));
        await NotifyAsync(server.Http, Of(Akismet), Composer, (header == "X-Real-IP" ? "X-Forwarded-For" : "X-Real-IP", "198.51.100.99"));

        // The three clients that the proxy named, and itself.
        Assert.That((await CurrentAsync(server.Http, "wp-plugin/akismet", atLeast: 4)).Installs(), Is.EqualTo(4));
    }

    [TestCase(1, 1)]
    [TestCase(2, 3)]
    public async Task Post_FromWithinAProxysNetwork_IsBelievedAsManyHopsAsProxiesAreNamed(int named, int installs)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, settings:
        [
            LongWindow, .. Enumerable.Range(0, named).Select(i => $"--UsageReporting:Server:Proxies:{i}=127.0.0.0/8"),
        ]);

        // What a client at 127.0.0.9 writes, and the proxy adds its address.
        foreach (string forged in new[] { "198.51.100.1", "198.51.100.2", "198.51.100.3" })
        {
            await NotifyAsync(server.Http, Of(Akismet), Composer, ("X-Forwarded-For", $"{forged}, 127.0.0.9"));
        }

        Assert.That((await CurrentAsync(server.Http, "wp-plugin/akismet", atLeast: installs)).Installs(), Is.EqualTo(installs));
    }

    [Test]
    public async Task Start_ProxyThatIsNone_SaysSo()
    {
        await using ChildProcess server = ServerProcess.Run(_folder.Path, settings: ["--UsageReporting:Server:Proxies:0=nginx"]);

        ChildResult result = await server.WaitForExitAsync();

        Assert.That(
            (result.ExitCode, result.Error),
            Is.EqualTo((1, "The server cannot start: UsageReporting:Server:Proxies: \"nginx\" is neither an address nor a network.\n")));
    }

    [Test]
    public async Task Aggregate_WhileTheServerRuns_IsDoneByTheServer()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, settings: [JobOff]);
        await NotifyAsync(server.Http, Of(Akismet));
        Stopwatch since = Stopwatch.StartNew();
        string stale;
        do
        {
            stale = (await ReadAsync(server.Http, "wp-plugin/akismet")).ToString();
        }
        while (stale.Contains("\"behind\":0", StringComparison.Ordinal) && since.Elapsed < TimeSpan.FromSeconds(30));

        ChildResult aggregate = await AggregateAsync();

        Assert.That(stale, Does.Contain("\"installs_total\":0").And.Contain("\"as_of\":null").And.Contain("\"behind\":1"));
        Assert.That((aggregate.ExitCode, aggregate.Output), Is.EqualTo((0, "The counters of packages are up to date.\n")), aggregate.Error);
        Assert.That((await ReadAsync(server.Http, "wp-plugin/akismet")).ToString(), Does.Contain("\"installs_total\":1").And.Contain("\"behind\":0"));
    }

    [Test]
    [RequiresTool("strace")]
    public async Task Aggregate_RequestCannotBeDeletedAtFirst_IsDoneLater()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(
            _folder.Path,
            around:
            [
                "strace", "-f", "-o", _folder.Combine("trace"), "-P", _folder.Combine("usage.db.aggregate"),
                "-e", "trace=unlink,unlinkat", "-e", "inject=unlink,unlinkat:error=EACCES:when=1",
            ],
            settings: [JobOff]);

        ChildResult aggregate = await AggregateAsync();
        using HttpResponseMessage ready = await server.Http.GetAsync("/healthz/ready");

        Assert.That(aggregate.ExitCode, Is.Zero, aggregate.Error);
        Assert.That(ready.IsSuccessStatusCode, Is.True);
        Assert.That(await File.ReadAllTextAsync(_folder.Combine("trace")), Does.Contain("INJECTED"));
    }

    [Test]
    public async Task Aggregate_WithoutAServer_DoesItItself()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder.Path, settings: [JobOff]))
        {
            await NotifyAsync(server.Http, Of(Akismet));
            server.Process.Signal("TERM");
            await server.Process.WaitForExitAsync();
        }

        ChildResult aggregate = await AggregateAsync();

        Assert.That((aggregate.ExitCode, aggregate.Output), Is.EqualTo((0, "The counters of packages are up to date.\n")), aggregate.Error);
        Assert.That(
            StoredReports.Query(_folder.Combine("usage.db"), "SELECT total FROM package_counters").Single()["total"], Is.EqualTo(1));
    }

    private Task<ChildResult> AggregateAsync() => ChildProcess.RunAsync(
        "dotnet",
        [BuiltSample.Dll("ReferenceServer"), "aggregate", $"--UsageReporting:Server:DataDirectory={_folder.Path}", JobOff]);
}
