using System.Globalization;
using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Disks that are full, read-only or failing under a server that runs. What it accepts is there in the end.</summary>
public sealed class DiskTests
{
    private readonly List<string> _accepted = [];
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _accepted.Clear();
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test, RequiresTool("unshare", "util-linux"), RequiresTool("nsenter", "util-linux"), RequiresTool("sqlite3"), Property("Case", 89)]
    public async Task Post_DiskFullAtEachPage_IsUnavailableUntilThereIsSpace()
    {
        await SmallDisk.RequireAsync();
        SmallDisk disk = new(_folder.Path);
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, disk.Around("size=1m"));
        disk.SeeThrough(server);
        int refused = 0;
        for (int pagesLeft = 0; pagesLeft < 12; pagesLeft++)
        {
            disk.Fill(pagesLeft);
            string id = await SendUntilRefusedAsync(server, most: 60);
            using HttpResponseMessage ready = await server.Http.GetAsync("/healthz/ready");
            refused += id.Length == 0 ? 0 : 1;

            disk.Empty();
            using HttpResponseMessage readyAgain = await server.Http.GetAsync("/healthz/ready");
            Assert.That(readyAgain.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            await SendAsync(server, id.Length == 0 ? Reports.NewId() : id);
        }

        TestContext.Out.WriteLine($"{_accepted.Count} accepted, refused in {refused} of 12 rounds.");
        Assert.That(refused, Is.GreaterThan(3));
        Assert.That(await disk.QueryAsync("SELECT uuid FROM reports"), Is.EquivalentTo(_accepted));
        Assert.That(await disk.QueryAsync("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    [TestCase("size=8k", "disk"), TestCase("size=40k", "disk"), Property("Case", 89)]
    [TestCase("size=1m,ro", "Read-only"), Property("Case", 90)]
    [RequiresTool("unshare", "util-linux")]
    public async Task Run_DiskThatTakesNothing_SaysSoInOneLine(string options, string said)
    {
        await SmallDisk.RequireAsync();
        await using ChildProcess server = ServerProcess.Run(_folder.Path, new SmallDisk(_folder.Path).Around(options));

        ChildResult result = await server.WaitForExitAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("The server cannot start: ").And.Contain(said));
        Assert.That(result.Error.Split('\n'), Has.Length.EqualTo(2));
    }

    [TestCase("pwrite64", "ENOSPC"), TestCase("pwrite64", "EROFS"), TestCase("pwrite64", "EIO"), TestCase("fsync", "EIO")]
    [RequiresTool("strace"), Property("Case", 90)]
    public async Task Post_WritesFail_IsUnavailableUntilTheyWork(string call, string error)
    {
        // The tables are made first: faults are counted from the writer's own first call on.
        await (await ServerProcess.StartAsync(_folder.Path)).DisposeAsync();
        string database = _folder.Combine("usage.db");
        await using ServerProcess server = await ServerProcess.StartAsync(
            _folder.Path,
            [
                "strace", "-f", "-o", _folder.Combine("trace"),
                "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when=25..32", "-P", database, "-P", $"{database}-wal",
            ]);
        string[] sent = [.. Enumerable.Range(0, 40).Select(_ => Reports.NewId())];
        List<string> refused = [];
        foreach (string id in sent)
        {
            if (!await SendAsync(server, id))
            {
                refused.Add(id);
            }
        }

        Assert.That(refused, Is.Not.Empty);
        Assert.That(refused, Does.Not.Contain(sent[^1]));
        string[] stored = [.. StoredReports.Query(database, "SELECT uuid FROM reports").Select(row => (string)row["uuid"]!)];
        Assert.That(_accepted.Except(stored), Is.Empty);
        Assert.That(stored, Is.Unique);
        Assert.That(
            StoredReports.Query(database, "PRAGMA integrity_check").Single().Values, Is.EqualTo(new[] { "ok" }));
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{refused.Count} of {sent.Length} refused, {refused.Intersect(stored).Count()} of them stored."));
    }

    [Test, RequiresTool("sqlite3"), Property("Case", 94)]
    public async Task Post_LockedByAnotherProcess_IsUnavailableUntilThatEnds()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path);
        await using (ChildProcess other = ChildProcess.Start(
            "sqlite3", [_folder.Combine("usage.db"), "BEGIN IMMEDIATE", ".shell echo locked && sleep 1000"]))
        {
            await other.WaitForOutputAsync("locked");
            for (int i = 0; i < 3; i++)
            {
                Assert.That(await SendAsync(server, Reports.Id), Is.False);
            }
        }

        Assert.That(await SendAsync(server, Reports.Id), Is.True);
    }

    // The id that was refused, or an empty one.
    private async Task<string> SendUntilRefusedAsync(ServerProcess server, int most)
    {
        for (int i = 0; i < most; i++)
        {
            string id = Reports.NewId();
            if (!await SendAsync(server, id))
            {
                return id;
            }
        }

        return "";
    }

    private async Task<bool> SendAsync(ServerProcess server, string id)
    {
        HttpStatusCode status = await server.SendAsync(id);
        Assert.That(status, Is.EqualTo(HttpStatusCode.NoContent).Or.EqualTo(HttpStatusCode.ServiceUnavailable));
        if (status == HttpStatusCode.NoContent)
        {
            _accepted.Add(id);
        }

        return status == HttpStatusCode.NoContent;
    }
}
