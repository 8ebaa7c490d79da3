using NUnit.Framework;
using UsageReporting.EndToEndTests.Samples;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Client;

/// <summary>
/// The built AskEachTime, whose folder is on a disk that takes nothing more at each stage of a report: it is counted once,
/// or not sent, and once there is space it is counted.
/// </summary>
[RequiresTool("unshare", "util-linux"), RequiresTool("nsenter", "util-linux")]
internal sealed class ClientDiskTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test, Category("Long"), Property("Case", 105)]
    public async Task Send_DiskFullAtEachPage_IsCountedOnceOrNotSent()
    {
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        await using ClientDisk disk = await ClientDisk.MountAsync(_folder.Path, "size=256k");

        await AssertCountedOnceAsync(server, disk, disk.Fill);
    }

    [Test, Category("Long"), Property("Case", 105)]
    public async Task Send_NoNameLeftAtEachName_IsCountedOnceOrNotSent()
    {
        const int Names = 40;
        await using RunningReferenceServer server = await RunningReferenceServer.StartAsync();
        await using ClientDisk disk = await ClientDisk.MountAsync(_folder.Path, $"size=1m,nr_inodes={Names}");

        // The root of the disk has a name of its own; a state folder of five files is removed after each round.
        await AssertCountedOnceAsync(server, disk, left => disk.FillNames(Names - 1, left));
    }

    [Test, Property("Case", 105)]
    public async Task Send_ReadOnlyDisk_SaysWhereItCouldNotWrite()
    {
        await using ClientDisk disk = await ClientDisk.MountAsync(_folder.Path, "size=1m,ro");

        ChildResult run = await SendAsync(disk, "http://127.0.0.1:9/report");

        Assert.That(run.Output, Does.EndWith($"\nCould not write to {State}. Nothing sent.\n"));
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
    }

    private string State => _folder.Combine("state");

    private async Task AssertCountedOnceAsync(RunningReferenceServer server, ClientDisk disk, Action<int> fill)
    {
        HashSet<string> said = [];
        for (int left = 0; left < 9; left++)
        {
            fill(left);
            ChildResult full = await SendAsync(disk, server.Endpoint);
            int counted = Counted(server) - left;
            disk.Empty();
            ChildResult again = await SendAsync(disk, server.Endpoint);

            string words = full.Output[(full.Output.LastIndexOf("\n\n", StringComparison.Ordinal) + 2)..];
            said.Add(words);
            Assert.That((full.ExitCode, full.Error), Is.EqualTo((0, "")));
            Assert.That(words, Is.EqualTo(
                counted == 0 ? $"Could not write to {State}. Nothing sent.\n" : Sending.Sent), $"{left} left");
            Assert.That(again.Output, counted == 0
                ? Does.EndWith("\n" + Sending.Sent)
                : Does.EndWith("\n" + Sending.Sent).Or.Contain("\nAlready submitted today. Nothing sent.\n"), $"{left} left");
            Assert.That(Counted(server), Is.EqualTo(left + 1));
            await disk.RunAsync(["rm", "-r", State], new ChildOptions());
        }

        Assert.That(said, Has.Count.EqualTo(2), "the disk was full too late, or for ever");
    }

    private static int Counted(RunningReferenceServer server) =>
        StoredReports.Query(server.Database, "SELECT * FROM reports").Count;

    private Task<ChildResult> SendAsync(ClientDisk disk, string endpoint) => disk.RunAsync(
        ["dotnet", BuiltSample.Dll("AskEachTime"), "usage", "send", "--yes", "--endpoint", endpoint, "--data-directory", State],
        new ChildOptions { Environment = Sending.Environment });
}
