using System.Globalization;
using System.Net;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Operators;

/// <summary>A server with an operator's pages, whose clock the test drives, and somebody in front of them.</summary>
public abstract class OperatorPagesTests
{
    private protected const string OperatorKey = "the-operators-key";
    private protected const string Cookie = "usage-operator";

    private protected TemporaryFolder Folder { get; private set; } = null!;

    private protected ManualTimeProvider Time { get; private set; } = null!;

    private protected RunningServer Server { get; set; } = null!;

    private protected OperatorClient Client { get; set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Folder = new TemporaryFolder();
        Time = new ManualTimeProvider(DateTimeOffset.Parse("2026-05-18T12:00:00Z", CultureInfo.InvariantCulture));
        Server = await StartServerAsync();
        Client = new OperatorClient(Server.Address);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }

    private protected Task<RunningServer> StartServerAsync() => RunningServer.StartAsync(
        Folder, Time, configure: server => server.AdminKey = OperatorKey, operators: _ => { });

    /// <summary>What is noted of operators, a line each.</summary>
    private protected string[] Audit() =>
        File.Exists(Folder.Combine("operator.jsonl")) ? File.ReadAllLines(Folder.Combine("operator.jsonl")) : [];

    /// <summary>Signs in with a new key, which a server sees within moments. Where it is looked for, wrong ones are not counted.</summary>
    private protected async Task WaitForAsync(string key)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(20));
        while (!await IsKnownAsync(key))
        {
            await Task.Delay(20, bound.Token);
        }

        await Client.EnterAsync(key);
    }

    private async Task<bool> IsKnownAsync(string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-API-Key", key);
        using HttpResponseMessage answer = await Server.Http.SendAsync(request);
        return answer.StatusCode != HttpStatusCode.Unauthorized;
    }
}
