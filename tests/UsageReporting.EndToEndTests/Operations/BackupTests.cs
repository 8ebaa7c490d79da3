using System.Net;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>Backups as docs/run-the-server.md has them made, taken while reports come without a pause, and restored.</summary>
[RequiresTool("sqlite3")]
public sealed class BackupTests
{
    private const string Key = "the-operators-key";

    private TemporaryFolder _folder = null!;
    private TemporaryFolder _restored = null!;

    private string Backup => _restored.Combine("usage.db");

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _restored = new TemporaryFolder();
    }

    [TearDown]
    public void TearDown()
    {
        _restored.Dispose();
        _folder.Dispose();
    }

    [TestCase("VACUUM INTO '{0}'"), TestCase(".backup {0}"), Property("Case", 101)]
    public async Task Restore_OfABackupUnderLoad_HasEveryReportThatWasAcknowledgedBefore(string command)
    {
        string[] acknowledged;
        Load load;
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder.Path))
        {
            using CancellationTokenSource end = new();
            load = new Load(server);
            Task running = load.RunAsync(clients: 8, end.Token);
            await load.WaitForAsync(accepted: 300);
            acknowledged = [.. load.Accepted];
            await BackUpAsync(command);
            int then = load.Accepted.Count;
            Assert.That(() => load.Accepted.Count, Is.GreaterThan(then + 50).After(20_000, 10), "The load goes on.");
            await end.CancelAsync();
            await running;
        }

        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        string[] stored = Stored();
        Assert.That(stored, Is.Unique.And.SupersetOf(acknowledged));
        Assert.That(stored, Is.SubsetOf(load.Accepted), "Nothing else is in it.");

        CopyBeside("receipts.pem");
        await using ServerProcess restored = await ServerProcess.StartAsync(_restored.Path);
        Assert.That(await restored.SendAsync(acknowledged[0]), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await restored.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Stored(), Is.EquivalentTo([.. stored, Reports.Id]));
    }

    [Test]
    public async Task Restore_WhatWasErasedSince_DoesNotComeBack()
    {
        string erased = Reports.NewId();
        await using (ServerProcess server = await ServerProcess.StartAsync(
            _folder.Path, settings: [$"--UsageReporting:Server:AdminKey={Key}"]))
        {
            await server.SendAsync(erased);
            await server.SendAsync(Reports.Id);
            await BackUpAsync("VACUUM INTO '{0}'");
            using HttpRequestMessage request = new(HttpMethod.Delete, $"/installation/{erased}?product=paperless-ngx");
            request.Headers.Authorization = new("Bearer", Key);
            using HttpResponseMessage answer = await server.Http.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(Stored(), Does.Contain(erased), "It is in the backup.");
        CopyBeside("receipts.pem", "usage.db.erased", "usage.db.erased.key");
        await using (ServerProcess restored = await ServerProcess.StartAsync(_restored.Path))
        {
            Assert.That(Stored(), Is.EqualTo(new[] { Reports.Id }));
        }

        Assert.That(File.ReadAllText(Backup, System.Text.Encoding.Latin1), Does.Not.Contain(erased));
    }

    private async Task BackUpAsync(string command)
    {
        ChildResult result = await ChildProcess.RunAsync(
            "sqlite3", [_folder.Combine("usage.db"), string.Format(System.Globalization.CultureInfo.InvariantCulture, command, Backup)]);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    private void CopyBeside(params string[] files)
    {
        foreach (string file in files)
        {
            File.Copy(_folder.Combine(file), _restored.Combine(file));
        }
    }

    private string[] Stored() => Query("SELECT uuid FROM reports");

    private string[] Query(string sql) => [.. StoredReports.Query(Backup, sql).Select(row => (string)row.Values.Single()!)];
}
