using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Storage;

/// <summary>What every storage engine does in the same way. An engine's tests derive from this and open it.</summary>
public abstract class ReportStoreConformance
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TestReports _reports = new();

    private IReportStore _store = null!;

    private protected ProductCatalog Catalog { get; private set; } = null!;

    /// <summary>The folder of the test.</summary>
    protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        Folder = new TemporaryFolder();
        Catalog = TestCatalog.Of(Folder, SeedSchemas.PaperlessNgx, TestSchemas.AllKinds, TestSchemas.Rotating, TestSchemas.NoId);
        _store = await OpenStoreAsync(Catalog);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await CloseStoreAsync(_store);
        _reports.Dispose();
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

    [TestCase(1), TestCase(6 * 86_400), TestCase(7 * 86_400), Property("Case", 96)]
    public async Task StoreAsync_ClockSetBackByUpToAWindow_StillKnowsTheReport(int seconds)
    {
        await StoreAsync(Monday);

        Assert.That(
            await StoreAsync(Monday.AddSeconds(-seconds)), Is.EqualTo(new StoreOutcome.AlreadyReported(Monday, IsSameReport: true)));
    }

    [TestCase((7 * 86_400) + 1), TestCase(365 * 86_400), Property("Case", 96)]
    public async Task StoreAsync_ClockSetBackByMoreThanAWindow_IsAcceptedAndBeginsANewOne(int seconds)
    {
        await StoreAsync(Monday);
        DateTimeOffset now = Monday.AddSeconds(-seconds);

        Assert.That(await StoreAsync(now), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(
            await StoreAsync(now.AddDays(1)), Is.EqualTo(new StoreOutcome.AlreadyReported(now, IsSameReport: true)));
        Assert.That(
            Query("SELECT first_seen || ' ' || last_seen FROM installations"),
            Is.EqualTo(new[] { $"{DateField.Write(now)} {DateField.Write(now)}" }));
    }

    [Test, Property("Case", 96)]
    public async Task StoreAsync_ClockAYearForwardAndBack_LocksNobodyOut()
    {
        await StoreAsync(Monday);

        Assert.That(await StoreAsync(Monday.AddYears(1)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(await StoreAsync(Monday.AddDays(8)), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(
            Query("SELECT first_seen || ' ' || last_seen FROM installations"),
            Is.EqualTo(new[] { "2026-05-18T12:00:00Z 2026-05-26T12:00:00Z" }));
    }

    [Test, Property("Case", 96)]
    public async Task StoreAsync_LastSecondOfTheCalendar_IsAcceptedAndKnownAgain()
    {
        DateTimeOffset end = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

        Assert.That(await StoreAsync(end), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(await StoreAsync(end), Is.InstanceOf<StoreOutcome.AlreadyReported>());
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
        await ReopenAsync(schema);
        string report = $"{{\"uuid\":\"{TestSchemas.Id}\"}}";

        Assert.That(await StoreAsync(Monday, report, "always"), Is.InstanceOf<StoreOutcome.Accepted>());
        StoreOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => StoreAsync(Monday.AddSeconds(i % 2), report, "always"))));

        Assert.That(outcomes, Is.Unique.And.All.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "21" }));
    }

    [Test]
    public async Task OpenStore_FieldsCameAndWent_KeepsAllColumns()
    {
        await StoreAsync(Monday, $"{{\"uuid\":\"{TestSchemas.Id}\",\"flag\":true,\"word\":\"one\"}}", "all-kinds");
        await ReopenAsync(ReportSchema.Create(
            new SchemaHeader { Product = "all-kinds", Identity = new ReportIdentity { Name = "install.id" } },
            [UsageField.Flag("flag", "Flag", "A flag."), UsageField.Flag("brand.new", "New", "A new flag.")]));

        StoreOutcome outcome = await StoreAsync(
            Monday, "{\"install\":{\"id\":\"b1b2c3d4-e5f6-4890-abcd-ef1234567890\"},\"brand\":{\"new\":true}}", "all-kinds");

        Assert.That(outcome, Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(
            Query("SELECT COALESCE(word, '-') || COALESCE(CAST(brand_new AS TEXT), '-') FROM reports ORDER BY id"),
            Is.EqualTo(new[] { "one-", "-1" }));
    }

    [Test]
    public async Task OpenStore_OtherDefaultProduct_MovesTheView()
    {
        await StoreAsync(Monday);
        await StoreAsync(Monday, $"{{\"uuid\":\"{TestSchemas.Id}\",\"flag\":true,\"word\":\"one\"}}", "all-kinds");

        await ReopenAsync(TestSchemas.AllKinds);

        Assert.That(Query("SELECT word FROM reports"), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task OpenStore_VocabularyWidened_StoresTheNewWordBesideTheOld()
    {
        await StoreAsync(Monday, $"{{\"uuid\":\"{TestSchemas.Id}\",\"flag\":true,\"word\":\"one\"}}", "all-kinds");
        await ReopenAsync(ReportSchema.Create(
            new SchemaHeader { Product = "all-kinds" }, [UsageField.Word("word", "Word", "A word.", ["one", "two", "three"])]));

        await StoreAsync(Monday, "{\"uuid\":\"b1b2c3d4-e5f6-4890-abcd-ef1234567890\",\"word\":\"three\"}", "all-kinds");

        Assert.That(Query("SELECT word FROM reports ORDER BY id"), Is.EqualTo(new[] { "one", "three" }));
    }

    [Test]
    public async Task OpenStore_FieldOfAnotherForm_RefusesNamingEach()
    {
        await CloseStoreAsync(_store);
        ProductCatalog changed = TestCatalog.Of(Folder, ReportSchema.Create(
            new SchemaHeader { Product = "all-kinds" },
            [
                UsageField.Flag("word", "Word", "Now a flag."),
                UsageField.Text("bucket", "Bucket", "Still a text.", "[a-z]*", 20),
                UsageField.Set("versions", "Versions", "Now a set.", ["a"]),
            ]));

        Assert.That(
            () => OpenStoreAsync(changed),
            Throws.TypeOf<UsageStoreException>().With.Message.EndsWith(
                ": all-kinds stores word as TEXT, and its schema now has it as INTEGER; all-kinds stores versions as VERSIONS, "
                + "and its schema now has it as SET. A field of another kind needs another name."));
        _store = await OpenStoreAsync(Catalog);
    }

    [Test]
    public async Task StoreAsync_RotatingId_IsAcceptedOnceAndNeverAgain()
    {
        Assert.That(await StoreAsync(Monday, TestSchemas.RotatingReport, "rotating"), Is.InstanceOf<StoreOutcome.Accepted>());
        foreach (int days in new[] { 0, 6, 7 })
        {
            Assert.That(
                await StoreAsync(Monday.AddDays(days), TestSchemas.RotatingReport, "rotating"),
                Is.EqualTo(new StoreOutcome.AlreadyReported(Monday, IsSameReport: true)));
        }

        Assert.That(
            await StoreAsync(
                Monday.AddDays(7),
                TestSchemas.RotatingReport.Replace("a1b2", "b1b2", StringComparison.Ordinal).Replace("W21", "W22", StringComparison.Ordinal),
                "rotating"),
            Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT period FROM reports_rotating"), Is.EqualTo(new[] { "2026-W21", "2026-W22" }));
    }

    [Test, Property("Case", 40)]
    public async Task StoreAsync_SameNonceOtherReport_TheFirstWins()
    {
        string other = TestSchemas.NoIdReport.Replace("true", "false", StringComparison.Ordinal);

        Assert.That(await StoreAsync(Monday, TestSchemas.NoIdReport, "no-id"), Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(
            await StoreAsync(Monday.AddDays(1), other, "no-id"),
            Is.EqualTo(new StoreOutcome.AlreadyReported(Monday, IsSameReport: false)));
        Assert.That(
            await StoreAsync(Monday.AddDays(1), TestSchemas.NoIdReport, "no-id"),
            Is.EqualTo(new StoreOutcome.AlreadyReported(Monday, IsSameReport: true)));
        Assert.That(Query("SELECT first_in_week FROM reports_no_id"), Is.EqualTo(new[] { "1" }));
        Assert.That(Query("SELECT id FROM installations"), Is.Empty);
    }

    [Test]
    public async Task StoreAsync_ReportsWithoutAnId_AreOfNoInstallation()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.That(await StoreAsync(Monday, NoIdReport(i), "no-id"), Is.InstanceOf<StoreOutcome.Accepted>());
        }

        Assert.That(Query("SELECT count(*) FROM reports_no_id"), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public async Task StoreAsync_NoncesWhoseWindowIsOver_AreForgotten()
    {
        for (int i = 0; i < 5; i++)
        {
            await StoreAsync(Monday, NoIdReport(i), "no-id");
        }

        await StoreAsync(Monday.AddDays(7).AddSeconds(-1), NoIdReport(5), "no-id");
        Assert.That(Query("SELECT count(*) FROM nonces"), Is.EqualTo(new[] { "6" }));

        foreach ((int i, string left) in new[] { (6, "5"), (7, "4"), (8, "4"), (9, "5") })
        {
            await StoreAsync(Monday.AddDays(7), NoIdReport(i), "no-id");
            Assert.That(Query("SELECT count(*) FROM nonces"), Is.EqualTo(new[] { left }), $"after report {i}");
        }
    }

    [Test]
    public async Task StoreAsync_NonceAfterItsWindow_IsAccepted()
    {
        await StoreAsync(Monday, TestSchemas.NoIdReport, "no-id");

        Assert.That(
            await StoreAsync(Monday.AddDays(7), TestSchemas.NoIdReport, "no-id"), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    private static string NoIdReport(int number) =>
        TestSchemas.NoIdReport.Replace("00112233", $"{number:00000000}", StringComparison.Ordinal);

    [Test]
    public async Task CanStoreAsync_Open_True() => Assert.That(await _store.CanStoreAsync(), Is.True);

    [Test]
    public async Task StoreAsync_Closed_IsUnavailable()
    {
        await CloseStoreAsync(_store);

        Assert.That(await StoreAsync(Monday), Is.InstanceOf<StoreOutcome.Unavailable>());
        Assert.That(await _store.CanStoreAsync(), Is.False);
    }

    private async Task ReopenAsync(ReportSchema schema)
    {
        await CloseStoreAsync(_store);
        Catalog = TestCatalog.Of(Folder, schema);
        _store = await OpenStoreAsync(Catalog);
    }

    private protected Task<StoreOutcome> StoreAsync(
        DateTimeOffset received, string json = TestSchemas.PaperlessReport, string product = "paperless-ngx") =>
        StoreAsync(_store, Catalog, received, json, product);

    private protected Task<StoreOutcome> StoreAsync(
        IReportStore store, ProductCatalog catalog, DateTimeOffset received, string json, string product) =>
        store.StoreAsync(_reports.Incoming(catalog.Find(product)!, received, json));
}
