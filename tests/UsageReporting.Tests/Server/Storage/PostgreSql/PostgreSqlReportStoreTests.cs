using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlReportStoreTests : ReportStoreConformance
{
    private static readonly DateTimeOffset Now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private string? _connectionString;
    private PostgreSqlEngine _engine = null!;

    private string ConnectionString => _connectionString ??= PostgreSqlCluster.Shared.CreateDatabase();

    [TearDown]
    public void Forget() => _connectionString = null;

    [Test]
    public async Task StoreAsync_QueueFull_IsUnavailableAtOnce()
    {
        await using PostgreSqlEngine notStarted = new(ConnectionString, Folder.Path, Catalog);
        for (int i = 0; i < ServerLimits.WaitingWrites; i++)
        {
            _ = notStarted.Reports.CanStoreAsync();
        }

        Task<StoreOutcome> outcome = StoreAsync(notStarted.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");

        Assert.That(outcome.IsCompleted, Is.True);
        Assert.That(await outcome, Is.InstanceOf<StoreOutcome.Unavailable>());
    }

    // A moment of many reports is no reason to send none here any more.
    [Test]
    public async Task CanStoreAsync_QueueFull_WaitsForRoom()
    {
        await using PostgreSqlEngine full = new(ConnectionString, Folder.Path, Catalog);
        for (int i = 0; i < ServerLimits.WaitingWrites; i++)
        {
            _ = StoreAsync(full.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");
        }

        Task<bool> canStore = full.Reports.CanStoreAsync();
        Assert.That(canStore.IsCompleted, Is.False);
        await full.Reports.StartAsync(CancellationToken.None);

        Assert.That(await canStore, Is.True);
    }

    // Nor is one that lasts, as long as nothing says that writing fails.
    [Test]
    public async Task CanStoreAsync_QueueFullForLong_EndsAndSaysYes()
    {
        await using PostgreSqlEngine full = new(ConnectionString, Folder.Path, Catalog);
        for (int i = 0; i < ServerLimits.WaitingWrites; i++)
        {
            _ = StoreAsync(full.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");
        }

        Assert.That(await full.Reports.CanStoreAsync().WaitAsync(TimeSpan.FromSeconds(60)), Is.True);
    }

    [Test]
    public async Task StoreAsync_NoWindowAndOneId_SharesOneTransaction()
    {
        ProductCatalog always = TestCatalog.Of(Folder, ReportSchema.Create(
            new SchemaHeader { Product = "always", WindowDays = 0 }, [UsageField.Count("number", "Number", "A number.", 0, 100)]));
        await using PostgreSqlEngine other = new(ConnectionString, Folder.Path, always);
        Task<StoreOutcome>[] waiting =
        [
            .. Enumerable.Range(0, 100).Select(i => StoreAsync(
                other.Reports, always, Now, $"{{\"uuid\":\"{TestSchemas.Id}\",\"number\":{i}}}", "always")),
        ];

        await other.Reports.StartAsync(CancellationToken.None);
        StoreOutcome[] outcomes = await Task.WhenAll(waiting);

        Assert.That(outcomes, Is.Unique.And.All.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(outcomes.OfType<StoreOutcome.Accepted>().Count(outcome => outcome.IsNew), Is.EqualTo(1));
        Assert.That(Query("SELECT count(DISTINCT CAST(xmin AS TEXT)) || ' ' || count(DISTINCT number) FROM reports_always"), Is.EqualTo(new[] { "1 100" }));
        Assert.That(Query("SELECT came FROM report_spans WHERE product = 'always'"), Is.EqualTo(new[] { "100" }));
    }

    // Where it is off for the role: what is answered is on the disk all the same, also where each transaction has another connection.
    [Test, Property("Case", 95)]
    public async Task StoreAsync_SynchronousCommitOff_IsOnForReports()
    {
        Execute("""
            CREATE TABLE seen (setting TEXT);
            CREATE FUNCTION note() RETURNS TRIGGER LANGUAGE plpgsql AS
                'BEGIN INSERT INTO seen VALUES (current_setting(''synchronous_commit'')); RETURN NULL; END';
            CREATE TRIGGER note AFTER INSERT ON installations EXECUTE FUNCTION note();
            """);
        await using PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync($"{ConnectionString};Options=-c synchronous_commit=off", Folder.Path, Catalog);

        Assert.That(await StoreAsync(other.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx"), Is.InstanceOf<StoreOutcome.Accepted>());

        Assert.That(Query("SELECT setting FROM seen"), Is.EqualTo(new[] { "on" }));
    }

    // Rights and views of the operator's own are on it.
    [Test]
    public async Task OpenStore_FieldAdded_KeepsTheViewInItsPlace()
    {
        Execute("CREATE ROLE grafana; GRANT SELECT ON reports TO grafana; CREATE VIEW beta AS SELECT uuid FROM reports WHERE channel = 'beta'");

        await using PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, WithAnotherField());

        Assert.That(Query("SELECT 1 FROM information_schema.columns WHERE table_name = 'reports' AND column_name = 'brand_new'"), Is.Not.Empty);
        Assert.That(Query("SELECT has_table_privilege('grafana', 'reports', 'SELECT')"), Is.EqualTo(new[] { "True" }));
        Assert.That(Query("SELECT uuid FROM beta"), Is.Empty);
        Execute("DROP OWNED BY grafana; DROP ROLE grafana");
    }

    [Test]
    public async Task OpenStore_FieldAddedAndViewOfTheOperators_IsMadeAnew()
    {
        Execute("DROP VIEW reports; CREATE VIEW reports AS SELECT *, 1 AS mine FROM reports_paperless_ngx");

        await using PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, WithAnotherField());

        Assert.That(
            Query("SELECT column_name FROM information_schema.columns WHERE table_name = 'reports' AND column_name IN ('brand_new', 'mine')"),
            Is.EqualTo(new[] { "brand_new" }));
    }

    // Names of indexes are longer than those of the tables.
    [Test]
    public async Task OpenStore_LongestNames_HaveTablesAndIndexesOfTheirOwn()
    {
        string[] names = [.. "bc".Select(last => new string('a', 54) + last)];
        ProductCatalog catalog = TestCatalog.Of(Folder, [.. names.Select(name => ReportSchema.Create(
            new SchemaHeader { Product = name }, [UsageField.Count("number", "Number", "A number.", 0, 100)]))]);
        await using PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, catalog);

        StoreOutcome[] outcomes = await Task.WhenAll(names.Select(name => StoreAsync(
            other.Reports, catalog, Now, $"{{\"uuid\":\"{TestSchemas.Id}\",\"number\":1}}", name)));

        Assert.That(outcomes, Is.All.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT count(DISTINCT indexname) FROM pg_indexes WHERE indexname LIKE 'ix_reports_aaa%'"), Is.EqualTo(new[] { "2" }));
    }

    // A backup reads every table until it ends: what waits to change one is what all reports would wait for.
    [Test]
    public async Task OpenStore_FieldAddedDuringABackup_IsRefusedSoonAndReportsGoOn()
    {
        await using (Npgsql.NpgsqlConnection backup = new($"{ConnectionString};Pooling=false"))
        {
            await backup.OpenAsync();
            await using Npgsql.NpgsqlTransaction transaction = await backup.BeginTransactionAsync();
            await using Npgsql.NpgsqlCommand read = new("LOCK TABLE reports_paperless_ngx IN ACCESS SHARE MODE", backup);
            await read.ExecuteNonQueryAsync();

            Assert.That(
                () => PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, WithAnotherField()),
                Throws.TypeOf<UsageStoreException>().With.Message.EndsWith(
                    "has a table to change that somebody is reading for long, as a backup does: start again when that is over."));
            Assert.That(
                await StoreAsync(_engine.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx"), Is.InstanceOf<StoreOutcome.Accepted>());
        }

        await using PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, WithAnotherField());
    }

    private ProductCatalog WithAnotherField() => TestCatalog.Of(Folder, ReportSchema.Create(
        SeedSchemas.PaperlessNgx.Header, [.. SeedSchemas.PaperlessNgx.Fields, UsageField.Flag("brand.new", "New", "A new flag.")]));

    [Test]
    public async Task StopAsync_ReportsWaiting_WritesThemFirst()
    {
        await using PostgreSqlEngine other = new(ConnectionString, Folder.Path, Catalog);
        Task<StoreOutcome> waiting = StoreAsync(other.Reports, Catalog, Now, TestSchemas.PaperlessReport, "paperless-ngx");
        await other.Reports.StartAsync(CancellationToken.None);

        await other.Reports.StopAsync(new CancellationToken(canceled: true));

        Assert.That(await waiting, Is.InstanceOf<StoreOutcome.Accepted>());
    }

    private protected override async Task<IReportStore> OpenStoreAsync(ProductCatalog catalog)
    {
        _engine = await PostgreSqlEngine.OpenAsync(ConnectionString, Folder.Path, catalog);
        return _engine.Reports;
    }

    private protected override Task CloseStoreAsync(IReportStore store) => _engine.DisposeAsync().AsTask();

    private void Execute(string sql) => PostgreSqlCluster.Execute(ConnectionString, sql);

    protected override IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(ConnectionString, sql);
}
