using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Samples;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Client;

/// <summary>The built AskEachTime on systems as a library cannot choose them.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ClientHostTests
{
    private const string Accepted = "HTTP/1.1 204 No Content\r\n\r\n";

    [TestCase("DOTNET_ThreadPool_ForceMaxWorkerThreads", "1")]
    [TestCase("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")]
    [TestCase("DOTNET_GCHeapHardLimit", "1400000", Description = "20 MB")]
    [TestCase("LC_ALL", "tr_TR.UTF-8")]
    [TestCase("LC_ALL", "fa_IR.UTF-8")]
    [TestCase("LC_ALL", "nonsense")]
    [TestCase("TZ", "Nowhere/Land")]
    [TestCase("PATH", "")]
    [Property("Case", 121)]
    public async Task Send_Environment_ChangesNothing(string variable, string value)
    {
        await using LoopbackServer server = new(Accepted);

        string words = await Sending.WordsAsync(
            server.Endpoint.AbsoluteUri, KeyValuePair.Create<string, string?>(variable, value));

        Assert.That(words, Is.EqualTo(Sending.Sent));
        Assert.That(server.Requests.Single(), Does.EndWith(
            "\"doc_bucket\":\"1000-9999\",\"multi_user\":true,\"feature_mail\":true,\"feature_ai\":false}"));
    }

    [Test, RequiresTool("prlimit", "util-linux"), Category("Long"), Property("Case", 121)]
    public async Task Send_AlmostNoFilesOpen_SaysNoMoreThanItKnows()
    {
        int shown = 0;
        for (int files = 200; files >= 60; files -= 4)
        {
            using TemporaryFolder folder = new();
            await using LoopbackServer server = new(Accepted);
            string[] command = Command(server.Endpoint.AbsoluteUri, folder.Combine("state"));
            ChildOptions options = new() { Environment = Sending.Environment };
            ChildResult run = await ChildProcess.RunAsync(
                "prlimit", [$"--nofile={files.ToString(CultureInfo.InvariantCulture)}", "dotnet", .. command], options);
            if (run.Output.Contains("Installation ID : ", StringComparison.Ordinal))
            {
                shown++;
                string words = run.Output[(run.Output.LastIndexOf("\n\n", StringComparison.Ordinal) + 2)..];
                if (run.ExitCode == 134)
                {
                    // The runtime aborts the process where it cannot load its next assembly, and nobody can catch that.
                    Assert.That(run.Error, Is.Not.Empty.And.Not.Contain("UsageReporting.UsageReporter"), $"{files} files");
                    Assert.That(words, Is.Empty, $"{files} files");
                }
                else
                {
                    Assert.That(run.ExitCode, Is.Zero, run.Error);
                    Assert.That(words, server.Requests.Count > 0
                        ? Is.EqualTo(Sending.Sent).Or.EqualTo(Sending.MayHaveArrived)
                        : Is.EqualTo(Sending.NotReached).Or.EqualTo(Sending.MayHaveArrived).Or.StartWith("Could not write to "), $"{files} files");
                }
            }

            // However far it came, the next run with files enough goes on from there, as the same installation.
            ChildResult next = await ChildProcess.RunAsync("dotnet", command, options);
            Assert.That((next.ExitCode, next.Error), Is.EqualTo((0, "")), $"after {files} files");
            Assert.That(next.Output, Does.EndWith("\n\n" + Sending.Sent), $"after {files} files");
            Assert.That(server.Requests.Select(BodyOf).Distinct().Count(), Is.EqualTo(1), $"{files} files");
        }

        Assert.That(shown, Is.Not.Zero);
    }

    [TestCase(null), TestCase(""), TestCase("relative"), TestCase("{file}")]
    [Property("Case", 104)]
    public async Task Send_HomeThatIsNone_SaysWhereItCouldNotWrite(string? home)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.Combine("file"), "");
        Dictionary<string, string?> environment = new(Sending.Environment)
        {
            ["HOME"] = home?.Replace("{file}", folder.Combine("file"), StringComparison.Ordinal),
            ["XDG_STATE_HOME"] = null,
        };

        ChildResult run = await ChildProcess.RunAsync(
            "dotnet", [BuiltSample.Dll("AskEachTime"), "usage", "send", "--yes", "--endpoint", "http://127.0.0.1:9/report"],
            new ChildOptions { Environment = environment, WorkingDirectory = folder.Path });

        Assert.That(run.Output, Does.Match("\nCould not write to .+\\. Nothing sent\\.\n\\z"));
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder.Combine("file") }));
    }

    // No name of the top-level domain "invalid" exists (RFC 6761); nobody listens at the others.
    [TestCase("https://stats.invalid/report")]
    [TestCase("https://stats.invalid./report")]
    [TestCase("https://0.0.0.0:9/report")]
    [TestCase("https://[::1]:9/report")]
    [TestCase("https://[::]:9/report")]
    [TestCase("https://[2001:db8::1]:9/report", Description = "documentation's own, which nothing routes")]
    [Property("Case", 114)]
    public async Task Send_NameOrAddressThatLeadsNowhere_ReachesNobody(string endpoint) =>
        Assert.That(await Sending.WordsAsync(endpoint), Is.EqualTo(Sending.NotReached));

    [Test, RequiresTool("unshare", "util-linux"), Category("Long"), Property("Case", 114)]
    public async Task Send_NameServerThatNeverAnswers_IsGivenUpInTime()
    {
        await Server.SmallDisk.RequireAsync();
        using TemporaryFolder folder = new();
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        // At 127.0.0.53 a machine's own resolver may listen.
        silent.Bind(new IPEndPoint(IPAddress.Parse("127.66.55.44"), 53));
        string resolver = folder.Combine("resolv.conf");
        await File.WriteAllTextAsync(resolver, "nameserver 127.66.55.44\nsearch wrong.invalid\noptions timeout:30 attempts:2\n");
        await using ChildProcess run = ChildProcess.Start(
            "unshare",
            [
                "-m", "sh", "-c", "mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"", "sh", resolver,
                "dotnet", .. Command("https://stats.example.org/report", folder.Combine("state")),
            ],
            new ChildOptions { Environment = Sending.Environment, Bound = TimeSpan.FromSeconds(30) });

        ChildResult result = await run.WaitForExitAsync();

        Assert.That(result.Output, Does.EndWith("\n\n" + Sending.NotReached));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(silent.Available, Is.Positive, "nobody asked");
    }

    private static string BodyOf(string request) => request[request.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];

    private static string[] Command(string endpoint, string state) =>
        [BuiltSample.Dll("AskEachTime"), "usage", "send", "--yes", "--endpoint", endpoint, "--data-directory", state];
}
