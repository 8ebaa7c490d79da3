using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

/// <summary>The statements of <c>docs/scale.md</c> divide the reports, on one machine or over three.</summary>
[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlShardsTests : RollupFixture
{
    private readonly List<PostgreSqlCluster> _others = [];
    private string? _database;

    private string Database => _database ??= PostgreSqlCluster.Shared.CreateDatabase();

    [TearDown]
    public void EndClusters()
    {
        _database = null;
        _others.ForEach(cluster => cluster.Dispose());
        _others.Clear();
    }

    [Test]
    public async Task Divided_ByThePage_StoresCountsAndErases()
    {
        int[] parts = await UseAsync(
            () => Execute(Statements(0)),
            () => Enumerable.Range(0, 4).Select(part => Query($"SELECT count(*) FROM reports_paperless_ngx_{part}").Single()));

        Assert.That(parts, Is.All.InRange(30, 120));
    }

    [Test, Category("Long")] // Three clusters.
    public async Task Distributed_ByThePage_StoresCountsAndErases()
    {
        _others.AddRange(Enumerable.Range(0, 2).Select(_ => PostgreSqlCluster.Start(isDurable: false)));
        string[] databases = [.. _others.Select(cluster => cluster.CreateDatabase())];

        int[] parts = await UseAsync(
            () => Distribute(databases),
            () => [
                Query("SELECT count(*) FROM reports_paperless_ngx_0").Single(),
                .. databases.Select(database => PostgreSqlCluster.Query(database, "SELECT count(*) FROM reports_paperless_ngx").Single()),
            ]);

        Assert.That(parts, Is.All.InRange(60, 140));
    }

    private protected override Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog) =>
        PostgreSqlEngine.OpenStoresAsync(Database, Folder.Path, catalog);

    protected override void Execute(string sql) => PostgreSqlCluster.Execute(Database, sql);

    protected override void DeleteByHand(string table, string condition) => PostgreSqlEngine.DeleteByHand(Database, table, condition);

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(Database, sql);

    // What a server does, before and after.
    private async Task<int[]> UseAsync(Action divide, Func<IEnumerable<string>> countParts)
    {
        for (int i = 0; i < 60; i++)
        {
            await StoreAsync(Monday, i, "docker");
        }

        await Stores.CloseAsync();
        divide();
        await ReopenAsync();
        StoreOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => Task.Run(() => StoreAsync(Monday.AddMinutes(1), i, "snap"))));

        Assert.That(outcomes.OfType<StoreOutcome.Accepted>().Count(), Is.EqualTo(240));
        Assert.That(outcomes.OfType<StoreOutcome.AlreadyReported>().Count(), Is.EqualTo(60));
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "300" }));
        int[] parts = [.. countParts().Select(part => int.Parse(part, CultureInfo.InvariantCulture))];

        ManualTimeProvider time = new(Monday.AddDays(7));
        await RunAsync(time);
        KeptRollup kept = (await ReadAsync("paperless-ngx", WindowKind.Week)).Single();
        Assert.That(kept.Rollup.Installs, Is.EqualTo(300));

        await using PostgreSqlEngine engine = await PostgreSqlEngine.OpenAsync(Database, Folder.Path, Catalog);
        foreach (int i in Enumerable.Range(0, 20))
        {
            Assert.That((await engine.Installations.ReadAsync(Catalog.Default!, Id(i)))!.Reports, Has.Count.EqualTo(1));
            Assert.That(await engine.Installations.EraseAsync(Catalog.Default!, Id(i)), Is.EqualTo(new ErasureOutcome.Erased(1)));
        }

        time.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(time);
        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week)).Single().Rollup.Installs, Is.EqualTo(280));
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "280" }));
        TestContext.Out.WriteLine($"In the parts: {string.Join(", ", parts)}.");
        return parts;
    }

    // As the page has it, but for the places.
    private void Distribute(string[] databases)
    {
        string dump = Folder.Combine("table.sql");
        PostgreSqlCluster.Shared.Dump(Database, dump, "--schema-only", "--table=reports_paperless_ngx");
        string sql = Statements(1);
        for (int i = 0; i < databases.Length; i++)
        {
            _others[i].Load(databases[i], dump);
            Npgsql.NpgsqlConnectionStringBuilder place = new(databases[i]);
            sql = sql.Replace(
                $"host 'shard-{i + 1}.example.org', dbname 'usage'", $"host '{place.Host}', dbname '{place.Database}'", StringComparison.Ordinal);
        }

        Execute(sql.Replace("user 'usage'", "user 'postgres'", StringComparison.Ordinal));
    }

    private static string Statements(int block) =>
        File.ReadAllText(RepositoryRoot.Combine("docs", "scale.md")).Split("```sql\n")[block + 1].Split("```")[0];
}
