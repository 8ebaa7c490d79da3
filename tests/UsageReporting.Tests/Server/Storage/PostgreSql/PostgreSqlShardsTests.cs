using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Server.Rollups;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

/// <summary>The statements of <c>docs/scale.md</c> distribute the reports over three clusters.</summary>
[Category("Long")] // Three clusters.
[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlShardsTests : RollupFixture
{
    private readonly PostgreSqlCluster[] _clusters = new PostgreSqlCluster[3];
    private string[] _databases = [];

    [TearDown]
    public void EndClusters() => Array.ForEach(_clusters, cluster => cluster.Dispose());

    [Test]
    public async Task Distributed_ByThePage_StoresCountsAndErases()
    {
        for (int i = 0; i < 60; i++)
        {
            await StoreAsync(Monday, i, "docker");
        }

        await Stores.CloseAsync();
        Distribute();
        await ReopenAsync();
        StoreOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => Task.Run(() => StoreAsync(Monday.AddMinutes(1), i, "snap"))));

        Assert.That(outcomes.OfType<StoreOutcome.Accepted>().Count(), Is.EqualTo(240));
        Assert.That(outcomes.OfType<StoreOutcome.AlreadyReported>().Count(), Is.EqualTo(60));
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "300" }));
        string[] parts =
        [
            Query("SELECT count(*) FROM reports_paperless_ngx_0").Single(),
            .. _databases[1..].Select(database => PostgreSqlCluster.Query(database, "SELECT count(*) FROM reports_paperless_ngx").Single()),
        ];
        Assert.That(parts.Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)), Is.All.InRange(60, 140));

        ManualTimeProvider time = new(Monday.AddDays(7));
        await RunAsync(time);
        KeptRollup kept = (await ReadAsync("paperless-ngx", WindowKind.Week)).Single();
        Assert.That(kept.Rollup.Installs, Is.EqualTo(300));

        await using PostgreSqlEngine engine = await PostgreSqlEngine.OpenAsync(_databases[0], Folder.Path, Catalog);
        foreach (int i in Enumerable.Range(0, 20))
        {
            Assert.That((await engine.Installations.ReadAsync(Catalog.Default!, Id(i)))!.Reports, Has.Count.EqualTo(1));
            Assert.That(await engine.Installations.EraseAsync(Catalog.Default!, Id(i)), Is.EqualTo(new ErasureOutcome.Erased(1)));
        }

        time.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(time);
        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week)).Single().Rollup.Installs, Is.EqualTo(280));
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "280" }));
        TestContext.Out.WriteLine($"On the three: {string.Join(", ", parts)}.");
    }

    private protected override async Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog)
    {
        if (_databases.Length == 0)
        {
            for (int i = 0; i < _clusters.Length; i++)
            {
                _clusters[i] = PostgreSqlCluster.Start(isDurable: false);
            }

            _databases = [.. _clusters.Select(cluster => cluster.CreateDatabase())];
        }

        return await PostgreSqlEngine.OpenStoresAsync(_databases[0], Folder.Path, catalog);
    }

    protected override void Execute(string sql) => PostgreSqlCluster.Execute(_databases[0], sql);

    protected override void DeleteByHand(string table, string condition) => PostgreSqlEngine.DeleteByHand(_databases[0], table, condition);

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(_databases[0], sql);

    // As the page has it, but for the places.
    private void Distribute()
    {
        string dump = Folder.Combine("table.sql");
        _clusters[0].Dump(_databases[0], dump, "--schema-only", "--table=reports_paperless_ngx");
        string sql = File.ReadAllText(RepositoryRoot.Combine("docs", "scale.md")).Split("```sql\n")[1].Split("```")[0];
        for (int i = 1; i < _clusters.Length; i++)
        {
            _clusters[i].Load(_databases[i], dump);
            Npgsql.NpgsqlConnectionStringBuilder place = new(_databases[i]);
            sql = sql.Replace($"host 'shard-{i}.example.org', dbname 'usage'", $"host '{place.Host}', dbname '{place.Database}'", StringComparison.Ordinal);
        }

        Execute(sql.Replace("user 'usage'", "user 'postgres'", StringComparison.Ordinal));
    }
}
