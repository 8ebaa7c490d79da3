using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Testing;

public sealed class UsageReportingAssertTests
{
    private static readonly FlagField Mail = UsageField.Flag("mail", "Mail enabled", "Why.");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task IsSilentAsync_NothingHappens_Passes()
    {
        await using UsageReporter reporter = Reporter("https://stats.example.org/report");

        await UsageReportingAssert.IsSilentAsync(reporter, () => Task.CompletedTask);
        await UsageReportingAssert.IsSilentAsync(
            reporter, () => reporter.ReportAsync(new ScriptedPerson { Answer = ConsentAnswer.No }));
        await UsageReportingAssert.IsSilentAsync(reporter, () => reporter.SetConsentAsync(ConsentChoice.No));

        Assert.That(Directory.GetFiles(_folder.Combine("state")), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task IsSilentAsync_ReportIsSent_NamesAllOfIt()
    {
        await using LoopbackServer server = new("HTTP/1.1 204 No Content\r\n\r\n");
        await using UsageReporter reporter = Reporter(server.Endpoint.AbsoluteUri);

        string[] sounds = await SoundsAsync(
            reporter, () => reporter.ReportAsync(new ScriptedPerson { Answer = ConsentAnswer.Yes }));

        Assert.That(sounds, Does.Contain("a request was sent").And.Contain("an id is kept").And.Contain("a report was sent"));
        Assert.That(sounds, Has.Some.StartsWith("a file was written: usage_uuid"));
    }

    [Test]
    public async Task IsSilentAsync_CollectorThatOpensAConnection_IsHeard()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using UsageReporter reporter = Reporter("https://stats.example.org/report", async () =>
        {
            using TcpClient client = new();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        });

        string[] sounds = await SoundsAsync(reporter, () => reporter.ReportAsync(new ScriptedPerson()));

        Assert.That(sounds, Is.EqualTo(new[] { "a connection was opened" }));
    }

    [Test]
    public async Task IsSilentAsync_CollectorThatLooksANameUp_IsHeard()
    {
        await using UsageReporter reporter = Reporter(
            "https://stats.example.org/report", () => Dns.GetHostEntryAsync("localhost"));

        Assert.That(
            await SoundsAsync(reporter, () => reporter.ReportAsync(new ScriptedPerson())),
            Is.EqualTo(new[] { "a name was looked up" }));
    }

    [Test]
    public async Task IsSilentAsync_AnotherTestUsesTheNetwork_IsNotHeard()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using UsageReporter reporter = Reporter("https://stats.example.org/report");
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task other = Task.Run(async () =>
        {
            await begin.Task;
            using TcpClient client = new();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        });

        await UsageReportingAssert.IsSilentAsync(reporter, () =>
        {
            begin.SetResult();
            return other;
        });
    }

    private static async Task<string[]> SoundsAsync(UsageReporter reporter, Func<Task> run)
    {
        UsageSilenceException? failure = null;
        try
        {
            await UsageReportingAssert.IsSilentAsync(reporter, run);
        }
        catch (UsageSilenceException e)
        {
            failure = e;
        }

        Assert.That(failure?.Message, Does.StartWith("Usage reporting was not silent: "));
        return [.. failure!.Sounds];
    }

    private UsageReporter Reporter(string endpoint, Func<Task>? collect = null) => UsageReporter.Create(
        "app",
        builder => builder
            .Configure(options =>
            {
                options.Consent = ConsentMode.AskEachTime;
                options.DataDirectory = _folder.Combine("state");
            })
            .AddCollector([Mail], async (_, values, _) =>
            {
                values.Set(Mail, true);
                await (collect?.Invoke() ?? Task.CompletedTask);
            })
            .AddHttpSink(endpoint)
            .Services.AddSingleton<Core.Machine.IMachine>(new Clients.FakeMachine()));
}
