using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>The end of a server that shares its work with others, seen by whoever shares it out.</summary>
public sealed class DrainTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_Terminated_SaysNoWhileItStillTakesReports()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(
            _folder.Path, settings: ["--UsageReporting:Server:DrainSeconds=8"]);

        server.Process.Signal("TERM");
        await UntilAsync(server, HttpStatusCode.ServiceUnavailable);
        HttpStatusCode report = await server.SendAsync(Reports.Id);
        ChildResult result = await server.Process.WaitForExitAsync();

        Assert.That(report, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Run_Ready_EndsWithZeroAsLongAsTheServerIs()
    {
        ChildResult ready;
        Uri address;
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder.Path))
        {
            address = server.Address;
            ready = await AskAsync(address);
        }

        ChildResult gone = await AskAsync(address);

        Assert.That(ready, Is.EqualTo(new ChildResult(0, "", "")));
        Assert.That((gone.ExitCode, gone.Output), Is.EqualTo((1, "")));
        Assert.That(gone.Error, Does.StartWith("The server does not answer: ").And.EndsWith("\n"));
        Assert.That(gone.Error.Split('\n'), Has.Length.EqualTo(2));
    }

    private static async Task UntilAsync(ServerProcess server, HttpStatusCode expected)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            using HttpResponseMessage ready = await server.Http.GetAsync("/healthz/ready", bound.Token);
            if (ready.StatusCode == expected)
            {
                return;
            }

            await Task.Delay(10, bound.Token);
        }
    }

    private static Task<ChildResult> AskAsync(Uri address) => ChildProcess.RunAsync(
        "dotnet", [BuiltSample.Dll("ReferenceServer"), "ready", "--urls", $"http://+:{address.Port}"]);
}
