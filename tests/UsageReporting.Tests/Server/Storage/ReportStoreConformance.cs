using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Validation;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Storage;

/// <summary>What every storage engine does in the same way. An engine's tests derive from this and open it.</summary>
public abstract class ReportStoreConformance
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly List<IDisposable> _reports = [];

    private IReportStore _store = null!;

    private protected ProductCatalog Catalog { get; private set; } = null!;

    /// <summary>The folder of the test.</summary>
    protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        Folder = new TemporaryFolder();
        Catalog = TestCatalog.Of(Folder, SeedSchemas.PaperlessNgx, TestSchemas.AllKinds);
        _store = await OpenStoreAsync(Catalog);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await CloseStoreAsync(_store);
        _reports.ForEach(report => report.Dispose());
        _reports.Clear();
        Folder.Dispose();
    }

    private protected abstract Task<IReportStore> OpenStoreAsync(ProductCatalog catalog);

    private protected abstract Task CloseStoreAsync(IReportStore store);

    /// <summary>The first column of each row, as text; NULL is empty.</summary>
    protected abstract IReadOnlyList<string> Query(string sql);

    [Test]
    public async Task StoreAsync_FirstReport_IsAcceptedAndThere()
    {
        Assert.That(await StoreAsync(Monday), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(
            Query("""SELECT received || ' ' || uuid || ' ' || "commit" || ' ' || multi_user || feature_ai FROM reports"""),
            Is.EqualTo(new[] { $"2026-05-18T12:00:00Z {TestSchemas.Id} bd86dca57 10" }));
    }

    [Test]
    public async Task StoreAsync_SameReportWithinTheWindow_IsKnownAgain()
    {
        await StoreAsync(Monday);

        Assert.That(
            await StoreAsync(Monday.AddDays(1)), Is.EqualTo(new StoreOutcome.AlreadyReported(Monday, IsSameReport: true)));
    }

    [Test]
    public async Task StoreAsync_OtherReportWithinTheWindow_IsRefused()
    {
        await StoreAsync(Monday);

        Assert.That(
            await StoreAsync(Monday, TestSchemas.PaperlessReport.Replace("beta", "dev", StringComparison.Ordinal)),
            Is.EqualTo(new StoreOutcome.AlreadyReported(Monday, IsSameReport: false)));
        Assert.That(Query("SELECT channel FROM reports"), Is.EqualTo(new[] { "beta" }));
    }

    [Test, Property("Case", 39)]
    public async Task StoreAsync_OneSecondBeforeTheWindowsEnd_IsRefused()
    {
        await StoreAsync(Monday);

        Assert.That(await StoreAsync(Monday.AddDays(7).AddSeconds(-1)), Is.InstanceOf<StoreOutcome.AlreadyReported>());
    }

    [Test, Property("Case", 39)]
    public async Task StoreAsync_AtTheWindowsEnd_IsAcceptedAndBeginsANewOne()
    {
        await StoreAsync(Monday);

        Assert.That(await StoreAsync(Monday.AddDays(7)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(
            await StoreAsync(Monday.AddDays(8)),
            Is.EqualTo(new StoreOutcome.AlreadyReported(Monday.AddDays(7), IsSameReport: true)));
        Assert.That(
            Query("SELECT first_seen || ' ' || last_seen FROM installations"),
            Is.EqualTo(new[] { "2026-05-18T12:00:00Z 2026-05-25T12:00:00Z" }));
    }

    [Test, Property("Case", 37)]
    public async Task StoreAsync_SameIdInAnotherProduct_IsIndependent()
    {
        await StoreAsync(Monday);

        Assert.That(
            await StoreAsync(Monday, $"{{\"uuid\":\"{TestSchemas.Id}\",\"flag\":true}}", "all-kinds"),
            Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test]
    public async Task StoreAsync_EveryKind_IsStoredInColumnsAndEntries()
    {
        await StoreAsync(Monday, $$"""
            {"uuid":"{{TestSchemas.Id}}","flag":false,"word":"two","bucket":"10-99","text":"","set":["blue","red"],
            "versions":{"b":"1.2.3"},"place":{"count":-5,"version":"1.2","deep":{"counts":{"green":0,"red":10} } } }
            """, "all-kinds");

        Assert.Multiple(() =>
        {
            Assert.That(
                Query("SELECT flag || word || bucket || '[' || text || ']' || place_count || place_version FROM reports_all_kinds"),
                Is.EqualTo(new[] { "0two10-99[]-51.2" }));
            Assert.That(Query("SELECT place_date FROM reports_all_kinds"), Is.EqualTo(new[] { "" }));
            Assert.That(
                Query("SELECT product || ' ' || report_id || ' ' || field || ' ' || key || ' ' || COALESCE(value, '-') "
                    + "FROM report_values ORDER BY field, key"),
                Is.EqualTo(new[]
                {
                    "all-kinds 1 place.deep.counts green 0", "all-kinds 1 place.deep.counts red 10",
                    "all-kinds 1 set blue -", "all-kinds 1 set red -", "all-kinds 1 versions b 1.2.3",
                }));
        });
    }

    [Test, Property("Case", 38)]
    public async Task StoreAsync_64AtOnce_AcceptsOne()
    {
        StoreOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => StoreAsync(Monday))));

        Assert.That(outcomes.OfType<StoreOutcome.Accepted>().Count(), Is.EqualTo(1));
        Assert.That(
            outcomes.OfType<StoreOutcome.AlreadyReported>().Distinct(),
            Is.EqualTo(new[] { new StoreOutcome.AlreadyReported(Monday, IsSameReport: true) }));
    }

    [Test, Property("Case", 41)]
    public async Task StoreAsync_AfterARestart_StillKnowsTheReport()
    {
        await StoreAsync(Monday);
        await CloseStoreAsync(_store);
        _store = await OpenStoreAsync(Catalog);

        Assert.That(await StoreAsync(Monday), Is.InstanceOf<StoreOutcome.AlreadyReported>());
    }

    [Test]
    public async Task StoreAsync_NoWindow_AcceptsEveryReport()
    {
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader { Product = "always", WindowDays = 0 }, [UsageField.Flag("flag", "Flag", "A flag.")]);
        Catalog = TestCatalog.Of(Folder, schema);
        await CloseStoreAsync(_store);
        _store = await OpenStoreAsync(Catalog);
        string report = $"{{\"uuid\":\"{TestSchemas.Id}\"}}";

        Assert.That(await StoreAsync(Monday, report, "always"), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(await StoreAsync(Monday, report, "always"), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test]
    public async Task CanStoreAsync_Open_True() => Assert.That(await _store.CanStoreAsync(), Is.True);

    [Test]
    public async Task StoreAsync_Closed_IsUnavailable()
    {
        await CloseStoreAsync(_store);

        Assert.That(await StoreAsync(Monday), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await _store.CanStoreAsync(), Is.False);
    }

    private protected Task<StoreOutcome> StoreAsync(
        DateTimeOffset received, string json = TestSchemas.PaperlessReport, string product = "paperless-ngx") =>
        StoreAsync(_store, Catalog, received, json, product);

    private protected Task<StoreOutcome> StoreAsync(
        IReportStore store, ProductCatalog catalog, DateTimeOffset received, string json, string product)
    {
        Product known = catalog.Find(product)!;
        byte[] body = Encoding.UTF8.GetBytes(json);
        Report report = ((ValidationResult.Valid)new ReportValidator(known.Schema).Validate(body)).Report;
        lock (_reports)
        {
            _reports.Add(report);
        }

        return store.StoreAsync(new IncomingReport(known, report, received, SHA256.HashData(body)));
    }
}
