using System.Net;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>Dumps of PostgreSQL as docs/run-the-server.md has them made, taken while reports come without a pause, and restored.</summary>
[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
[RequiresTool("pg_dump", "postgresql-client-15")]
[RequiresTool("pg_restore", "postgresql-client-15")]
public sealed class PostgreSqlBackupTests
{
    private const string Key = "the-operators-key";

    private TemporaryFolder _folder = null!;
    private TemporaryFolder _restoredFolder = null!;
    private string _database = "";
    private string _restored = "";

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _restoredFolder = new TemporaryFolder();
        _database = PostgreSqlCluster.Shared.CreateDatabase();
        _restored = PostgreSqlCluster.Shared.CreateDatabase();
    }

    [TearDown]
    public void TearDown()
    {
        _restoredFolder.Dispose();
        _folder.Dispose();
    }

    [Test, Property("Case", 101)]
    public async Task Restore_OfADumpUnderLoad_HasEveryReportThatWasAcknowledgedBefore()
    {
        string[] acknowledged;
        Load load;
        await using (ServerProcess server = await StartAsync(_folder, _database))
        {
            using CancellationTokenSource end = new();
            load = new Load(server);
            Task running = load.RunAsync(clients: 8, end.Token);
            await load.WaitForAsync(accepted: 300);
            acknowledged = [.. load.Accepted];
            await DumpAsync();
            int then = load.Accepted.Count;
            Assert.That(() => load.Accepted.Count, Is.GreaterThan(then + 50).After(20_000, 10), "The load goes on.");
            await end.CancelAsync();
            await running;
        }

        await RestoreAsync("receipts.pem");
        string[] stored = Stored();
        Assert.That(stored, Is.Unique.And.SupersetOf(acknowledged));
        Assert.That(stored, Is.SubsetOf(load.Accepted), "Nothing else is in it.");

        await using ServerProcess restored = await StartAsync(_restoredFolder, _restored);
        Assert.That(await restored.SendAsync(acknowledged[0]), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await restored.SendAsync(Reports.Id), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Stored(), Is.EquivalentTo([.. stored, Reports.Id]));
    }

    [Test]
    public async Task Restore_WhatWasErasedSince_DoesNotComeBack()
    {
        string erased = Reports.NewId();
        await using (ServerProcess server = await StartAsync(_folder, _database))
        {
            await server.SendAsync(erased);
            await server.SendAsync(Reports.Id);
            await DumpAsync();
            using HttpRequestMessage request = new(HttpMethod.Delete, $"/installation/{erased}?product=paperless-ngx");
            request.Headers.Authorization = new("Bearer", Key);
            using HttpResponseMessage answer = await server.Http.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await RestoreAsync("receipts.pem", "usage.erased", "usage.erased.key");
        Assert.That(Stored(), Does.Contain(erased), "It is in the dump.");
        await using ServerProcess restored = await StartAsync(_restoredFolder, _restored);
        Assert.That(Stored(), Is.EqualTo(new[] { Reports.Id }));
    }

    private static Task<ServerProcess> StartAsync(TemporaryFolder folder, string database) => ServerProcess.StartAsync(
        folder.Path, settings: [$"--UsageReporting:Server:PostgreSql={database}", $"--UsageReporting:Server:AdminKey={Key}"]);

    private Task DumpAsync() =>
        RunAsync("pg_dump", "--format=custom", $"--file={_folder.Combine("usage.dump")}", $"--dbname={Words(_database)}");

    private async Task RestoreAsync(params string[] files)
    {
        await RunAsync("pg_restore", "--exit-on-error", $"--dbname={Words(_restored)}", _folder.Combine("usage.dump"));
        foreach (string file in files)
        {
            File.Copy(_folder.Combine(file), _restoredFolder.Combine(file));
        }
    }

    // The tools of PostgreSQL read other words than Npgsql.
    private static string Words(string database) => database
        .Replace("Host=", "host=", StringComparison.Ordinal)
        .Replace(";Username=", " user=", StringComparison.Ordinal)
        .Replace(";Database=", " dbname=", StringComparison.Ordinal);

    private static async Task RunAsync(string command, params string[] arguments)
    {
        ChildResult result = await ChildProcess.RunAsync(command, arguments);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    private string[] Stored() => [.. PostgreSqlCluster.Query(_restored, "SELECT uuid FROM reports")];
}
