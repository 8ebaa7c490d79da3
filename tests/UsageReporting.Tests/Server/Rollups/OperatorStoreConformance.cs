using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>What every storage engine does in the same way for the operator. An engine's tests derive from this and open it.</summary>
public abstract class OperatorStoreConformance : RollupFixture
{
    private readonly ManualTimeProvider _time = new(Monday.AddDays(7));

    private Product Paperless => Catalog.Find("paperless-ngx")!;

    [SetUp]
    public void Begin() => _time.SetUtcNow(Monday.AddDays(7));

    [Test]
    public async Task MeasureAsync_WithTables_TakesSomething() => Assert.That(await Stores.Operators.MeasureAsync(), Is.GreaterThan(10_000));

    [Test]
    public async Task AddAsync_ATime_CountsNowhereUntilItIsLifted()
    {
        await StoreManyAsync();
        await RunAsync(_time);
        string before = await DumpAsync("paperless-ngx");

        Quarantine tuesday = await AddAsync(Monday.AddHours(12), Monday.AddHours(36));
        string without = await DumpAsync("paperless-ngx");
        Assert.That(await Stores.Rollups.GetQuarantinesAsync(Paperless), Is.EqualTo(new[] { tuesday }));
        Assert.That(await Stores.Operators.LiftAsync(Paperless, tuesday), Is.True);
        await AgainAsync();

        Assert.That(before, Does.StartWith("2026-W21 45 "));
        Assert.That(without, Does.StartWith("2026-W21 25 ").And.Contain("install_type[docker 25]").And.Not.Contain("snap"));
        Assert.That(await DumpAsync("paperless-ngx"), Is.EqualTo(before));
        Assert.That(await Stores.Rollups.GetQuarantinesAsync(Paperless), Is.Empty);
        Assert.That(Query("SELECT install_type FROM reports_paperless_ngx"), Has.Count.EqualTo(45), "They stay stored.");
    }

    [Test]
    public async Task AddAsync_EdgesOfATime_HoldTheFirstAndNotTheLast()
    {
        await StoreManyAsync();
        await RunAsync(_time);

        await AddAsync(Monday.AddSeconds(-1), Monday);
        Assert.That(await DumpAsync("paperless-ngx"), Does.StartWith("2026-W21 45 "));
        await AddAsync(Monday, Monday.AddSeconds(1));

        Assert.That(await DumpAsync("paperless-ngx"), Does.StartWith("2026-W21 20 "));
    }

    [Test]
    public async Task AddAsync_OfAnotherProduct_HoldsNothing()
    {
        await StoreManyAsync();
        await RunAsync(_time);
        Product other = Catalog.Find("all-kinds")!;

        Assert.That(await Stores.Operators.AddAsync(other, Of(Monday.AddDays(-1), Monday.AddDays(2))), Is.True);
        await AgainAsync();

        Assert.That(await DumpAsync("paperless-ngx"), Does.StartWith("2026-W21 45 "));
        Assert.That(Query("SELECT went FROM report_spans WHERE product = 'paperless-ngx'"), Is.All.EqualTo("0"), "Nothing is made again.");
    }

    [Test]
    public async Task AddAsync_AValue_CountsTheOthers()
    {
        await StoreManyAsync();
        await RunAsync(_time);

        await AddAsync(Monday.AddDays(-1), Monday.AddDays(2), "install_type", "snap");

        Assert.That(await DumpAsync("paperless-ngx"), Does.StartWith("2026-W21 25 ").And.Not.Contain("snap"));
    }

    // The newest report of an installation counts; where that is set aside, the one before it.
    [Test]
    public async Task AddAsync_NewestReportOfAnInstallation_CountsTheOneBefore()
    {
        for (int i = 0; i < 12; i++)
        {
            await StoreAsync(Monday, i, "docker");
            await StoreAsync(Monday.AddDays(31), i, "snap");
        }

        _time.SetUtcNow(Monday.AddDays(60));
        await AddAsync(Monday.AddDays(30), Monday.AddDays(32));

        Assert.That(await DumpAsync("paperless-ngx"), Does.Contain("2026-05 12 ").And.Not.Contain("snap"));
    }

    [TestCase("flag", "false"), TestCase("word", "two"), TestCase("bucket", "10-99"), TestCase("text", "t"), TestCase("set", "blue")]
    [TestCase("versions", "b"), TestCase("place.count", "7"), TestCase("place.version", "1.2"), TestCase("place.date", "2026-05-18T12:00:00Z")]
    [TestCase("place.deep.counts", "red")]
    public async Task AddAsync_AnyKindOfValue_IsFound(string field, string value)
    {
        for (int i = 0; i < 12; i++)
        {
            await StoreAsync(Monday, $$"""
                {"uuid":"{{Id(i)}}","flag":false,"word":"two","bucket":"10-99","text":"t","set":["blue","red"],"versions":{"b":"1.2.3"},
                "place":{"count":7,"version":"1.2","date":"2026-05-18T12:00:00Z","deep":{"counts":{"green":1,"red":10} } } }
                """, "all-kinds");
        }

        Product product = Catalog.Find("all-kinds")!;
        await Stores.Operators.AddAsync(product, Of(Monday, Monday.AddDays(1)) with { Field = field, Value = $"{value}x" });
        await RunAsync(_time);
        Assert.That(await DumpAsync("all-kinds"), Does.StartWith("2026-W21 12 "));
        await Stores.Operators.AddAsync(product, Of(Monday, Monday.AddDays(1)) with { Id = "another", Field = field, Value = value });
        await AgainAsync();

        Assert.That(await DumpAsync("all-kinds"), Does.StartWith("2026-W21 0 "));
    }

    [Test]
    public async Task HideAsync_AField_IsPublishedNowhereUntilItIsBack()
    {
        await StoreManyAsync();
        await RunAsync(_time);
        string[] before = await PublishedAsync();

        Assert.That(await Stores.Operators.HideAsync(Paperless, "install_type", isHidden: true), Is.True);
        Assert.That(await Stores.Operators.HideAsync(Paperless, "install_type", isHidden: true), Is.True, "Twice is once.");
        string[] hidden = await PublishedAsync();
        Assert.That(await Stores.Operators.GetHiddenAsync(Paperless), Is.EqualTo(new[] { "install_type" }));
        Assert.That(await Stores.Operators.GetHiddenAsync(Catalog.Find("all-kinds")!), Is.Empty);
        await Stores.Operators.HideAsync(Paperless, "install_type", isHidden: false);

        Assert.That(before, Does.Contain("install_type").And.Contain("arch"));
        Assert.That(hidden, Is.EqualTo(before.Where(field => field != "install_type")));
        Assert.That(await PublishedAsync(), Is.EqualTo(before));
        Assert.That(await Stores.Operators.GetHiddenAsync(Paperless), Is.Empty);
    }

    private async Task<string[]> PublishedAsync() =>
    [
        .. Publisher.Publish(Paperless.Schema, (await ReadAsync("paperless-ngx", WindowKind.Week))[0].Rollup).Fields.Select(field => field.Name),
    ];

    // 25 on Monday at noon, 20 on Tuesday at noon.
    private async Task StoreManyAsync()
    {
        for (int i = 0; i < 45; i++)
        {
            await StoreAsync(Monday.AddDays(i / 25), i, i < 25 ? "docker" : "snap");
        }
    }

    private async Task<Quarantine> AddAsync(DateTimeOffset since, DateTimeOffset until, string field = "", string value = "")
    {
        Quarantine quarantine = Of(since, until) with { Field = field, Value = value };
        Assert.That(await Stores.Operators.AddAsync(Paperless, quarantine), Is.True);
        await AgainAsync();
        return quarantine;
    }

    private Quarantine Of(DateTimeOffset since, DateTimeOffset until) =>
        new(Guid.NewGuid().ToString(), since, until, "", "", _time.GetUtcNow());

    private async Task AgainAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(11));
        await RunAsync(_time);
    }
}
