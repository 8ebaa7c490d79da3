using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>A server with an operator's key, whose clock the test drives.</summary>
public abstract class OperatedServerTests(string begin)
{
    private protected const string OperatorKey = "the-operators-key";

    private protected TemporaryFolder Folder { get; private set; } = null!;

    private protected ManualTimeProvider Time { get; private set; } = null!;

    private protected RunningServer Server { get; set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Folder = new TemporaryFolder();
        Time = new ManualTimeProvider(DateTimeOffset.Parse(begin, System.Globalization.CultureInfo.InvariantCulture));
        Server = await RunningServer.StartAsync(Folder, Time, configure: server => server.AdminKey = OperatorKey);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
