using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlInstallationStoreTests : InstallationStoreConformance
{
    private const string Known = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";

    private readonly TestReports _reports = new();

    private string? _connectionString;
    private PostgreSqlEngine _engine = null!;

    private string ConnectionString => _connectionString ??= PostgreSqlCluster.Shared.CreateDatabase();

    private string Copy => Folder.Combine("usage.backup");

    [TearDown]
    public void Forget()
    {
        _connectionString = null;
        _reports.Dispose();
    }

    [Test]
    public async Task OpenAsync_MarkWithoutItsErasure_IsFollowed()
    {
        // As a crash leaves it: the mark is durable, and the transaction was not.
        await StoreAsync(_engine, Known);
        await CloseStoresAsync();
        new Tombstones(Folder.Combine("usage")).Add("erasable", Known);

        await OpenStoresAsync();

        Assert.That(Query("SELECT count(*) FROM installations"), Is.EqualTo(new[] { "0" }));
        Assert.That(Query("SELECT followed FROM erasures"), Is.EqualTo(new[] { "1" }));
    }

    // More than a portion of them, some with reports alone, as the rows of silent ones are forgotten first.
    [Test, Property("Case", 103)]
    public async Task OpenAsync_ManyMarksAmongManyIds_AreFollowedAndNobodyElseIs()
    {
        string[] ids = [.. Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"a1b2c3d4-e5f6-4890-abcd-{i:000000000000}"))];
        await Task.WhenAll(ids.Select(id => StoreAsync(_engine, id)));
        await CloseStoresAsync();
        PostgreSqlCluster.Execute(ConnectionString, $"DELETE FROM installations WHERE id < '{ids[10]}'");
        Tombstones marks = new(Folder.Combine("usage"));
        string[] erased = [.. ids.Where((_, i) => i % 3 == 0)];
        Array.ForEach(erased, id => marks.Add("erasable", id));

        await OpenStoresAsync();

        Assert.That(Query("SELECT uuid FROM reports ORDER BY uuid"), Is.EqualTo(ids.Except(erased)));
        Assert.That(Query("SELECT id FROM installations ORDER BY id"), Is.EqualTo(ids[10..].Except(erased)));
        Assert.That(Query("SELECT went FROM report_spans"), Is.EqualTo(new[] { "14" }));
        Assert.That(Query("SELECT followed FROM erasures"), Is.EqualTo(new[] { "14" }));
    }

    // With a portion that the database refuses, everybody cannot be looked at.
    [Test, Property("Case", 103)]
    public async Task EraseAsync_FailedAndTriedAgain_LooksAtNobodyElse()
    {
        string other = $"{Known[..^1]}1";
        await using PostgreSqlEngine impatient = await PostgreSqlEngine.OpenAsync(
            $"{ConnectionString};Command Timeout=1", Folder.Path, Catalog, portion: -1);
        await StoreAsync(impatient, Known);
        await StoreAsync(impatient, other);
        await using (Npgsql.NpgsqlConnection connection = new($"{ConnectionString};Pooling=false"))
        {
            await connection.OpenAsync();
            await using Npgsql.NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await using Npgsql.NpgsqlCommand hold = new("SELECT span FROM report_spans FOR UPDATE", connection);
            await hold.ExecuteNonQueryAsync();
            Assert.That(await impatient.Installations.EraseAsync(Catalog.Default!, Known), Is.EqualTo(ErasureOutcome.Unavailable.Instance));
            Assert.That(await impatient.Installations.EraseAsync(Catalog.Default!, other), Is.EqualTo(ErasureOutcome.Unavailable.Instance));
        }

        Assert.That(await impatient.Installations.EraseAsync(Catalog.Default!, other), Is.EqualTo(new ErasureOutcome.Erased(1)));

        Assert.That(await File.ReadAllLinesAsync(Folder.Combine("usage.erased")), Has.Length.EqualTo(2));
        Assert.That(Query("SELECT followed FROM erasures"), Is.EqualTo(new[] { "2" }));
        Assert.That(Query("SELECT uuid FROM reports"), Is.Empty);
    }

    // A server that shares the folder was killed between its mark and its commit: whose it is, who comes next does not know.
    [Test, Property("Case", 103)]
    public async Task EraseAsync_MarkOfAnotherWithoutItsErasure_IsFollowedAndNobodyIsErasedTwice()
    {
        (string other, string third) = ($"{Known[..^1]}1", $"{Known[..^1]}2");
        await StoreAsync(_engine, Known);
        await StoreAsync(_engine, other);
        await StoreAsync(_engine, third);
        new Tombstones(Folder.Combine("usage")).Add("erasable", other);

        Assert.That(await _engine.Installations.EraseAsync(Catalog.Default!, Known), Is.EqualTo(new ErasureOutcome.Erased(1)));
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { third }));
        Assert.That(await StoreAsync(_engine, Known), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(await _engine.Installations.EraseAsync(Catalog.Default!, third), Is.EqualTo(new ErasureOutcome.Erased(1)));

        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Known }));
        Assert.That(Query("SELECT followed FROM erasures"), Is.EqualTo(new[] { "3" }));
    }

    [Test, Property("Case", 103)]
    public async Task TryTakeTurnAsync_MarkOfAnotherWithoutItsErasure_IsFollowed()
    {
        await StoreAsync(_engine, Known);
        new Tombstones(Folder.Combine("usage")).Add("erasable", Known);

        Assert.That(await _engine.Rollups.TryTakeTurnAsync(), Is.True);

        Assert.That(Query("SELECT uuid FROM reports"), Is.Empty);
        Assert.That(Query("SELECT followed FROM erasures"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task TryTakeTurnAsync_NewestMarkIsShownLater_IsNotFollowedAgain()
    {
        await StoreAsync(_engine, Known);
        await _engine.Installations.EraseAsync(Catalog.Default!, Known);
        await StoreAsync(_engine, Known);

        File.Move(Folder.Combine("usage.erased"), Folder.Combine("later"));
        await _engine.Rollups.TryTakeTurnAsync();
        File.Move(Folder.Combine("later"), Folder.Combine("usage.erased"));
        await _engine.Rollups.TryTakeTurnAsync();

        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(new[] { Known }));
    }

    // Each has marks of its own, and none knows the other's.
    [Test, Property("Case", 103)]
    public async Task Restore_ErasedByTwoServers_EachFollowsItsMarks()
    {
        string folder = Folder.Combine("other");
        Directory.CreateDirectory(folder);
        string[] ids = [Known, $"{Known[..^1]}1", $"{Known[..^1]}2"];
        await using (PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync(ConnectionString, folder, Catalog))
        {
            foreach (string id in ids)
            {
                await StoreAsync(other, id);
            }

            Backup();
            Assert.That(await _engine.Installations.EraseAsync(Catalog.Default!, ids[0]), Is.EqualTo(new ErasureOutcome.Erased(1)));
            Assert.That(await other.Installations.EraseAsync(Catalog.Default!, ids[1]), Is.EqualTo(new ErasureOutcome.Erased(1)));
        }

        await CloseStoresAsync();
        Restore();
        Assert.That(Query("SELECT id FROM installations"), Is.EquivalentTo(ids));
        await OpenStoresAsync();
        await using PostgreSqlEngine again = await PostgreSqlEngine.OpenAsync(ConnectionString, folder, Catalog);

        Assert.That(Query("SELECT id FROM installations"), Is.EqualTo(ids[2..]));
        Assert.That(Query("SELECT uuid FROM reports"), Is.EqualTo(ids[2..]));
    }

    [Test]
    public async Task EraseAsync_TwoServersThatShareAFolder_LoseNoMark()
    {
        await using PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, Catalog);
        string[] ids = [.. Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"a1b2c3d4-e5f6-4890-abcd-{i:000000000000}"))];
        await Task.WhenAll(ids.Select(id => StoreAsync(other, id)));

        ErasureOutcome[] outcomes = await Task.WhenAll(ids.Select((id, i) => Task.Run(
            () => (i % 2 == 0 ? _engine : other).Installations.EraseAsync(Catalog.Default!, id))));

        Assert.That(outcomes, Is.All.EqualTo(new ErasureOutcome.Erased(1)));
        Assert.That(Query("SELECT followed FROM erasures"), Is.EqualTo(new[] { "40" }));
        Assert.That(await File.ReadAllLinesAsync(Folder.Combine("usage.erased")), Has.Length.EqualTo(40));
    }

    private protected override async Task<(IReportStore Reports, IInstallationStore Installations)> OpenStoresAsync()
    {
        _engine = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, Catalog);
        return (_engine.Reports, _engine.Installations);
    }

    private protected override Task CloseStoresAsync() => _engine.DisposeAsync().AsTask();

    private protected override void Backup() => PostgreSqlCluster.Shared.Dump(ConnectionString, Copy);

    private protected override void Restore() => PostgreSqlCluster.Shared.Load(ConnectionString, Copy);

    // Not the files: a deleted row is in its page until VACUUM makes room of it, and in the log that the database writes ahead.
    private protected override string ReadAll() => string.Concat(
        Query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
            .SelectMany(table => Query($"SELECT CAST(t AS TEXT) FROM {table} AS t")));

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(ConnectionString, sql);

    private Task<StoreOutcome> StoreAsync(PostgreSqlEngine engine, string id) =>
        engine.Reports.StoreAsync(_reports.Incoming(Catalog.Default!, DateTimeOffset.UnixEpoch, $"{{\"uuid\":\"{id}\"}}"));
}
