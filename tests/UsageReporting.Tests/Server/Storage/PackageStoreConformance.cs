using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage;

/// <summary>What every storage engine does with installs. An engine's tests derive from this and open it.</summary>
public abstract class PackageStoreConformance
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private IPackageStore _store = null!;

    /// <summary>The folder of the test.</summary>
    protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        Folder = new TemporaryFolder();
        _store = await OpenStoreAsync("usage.db");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await CloseStoreAsync();
        Folder.Dispose();
    }

    /// <summary>Opens a store on a database in the test's folder, after whichever was open before.</summary>
    private protected abstract Task<IPackageStore> OpenStoreAsync(string database);

    private protected abstract Task CloseStoreAsync();

    /// <summary>How many single installs are kept.</summary>
    private protected abstract long CountInstalls();

    [Test]
    public async Task CountAsync_SameHashInTheSameBucket_CountsOnce()
    {
        Assert.That(await CountAsync(Monday, hash: 1), Is.EqualTo(1));
        Assert.That(await CountAsync(Monday, hash: 1), Is.Zero);
        Assert.That(await CountAsync(Monday, hash: 2), Is.EqualTo(1));
        Assert.That(await CountAsync(Monday.AddHours(1), hash: 1), Is.EqualTo(1));
    }

    [Test]
    public async Task CountAsync_64AtOnce_CountOnce()
    {
        int?[] counted = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => CountAsync(Monday, hash: 1))));

        Assert.That(counted.Sum(), Is.EqualTo(1));
    }

    [Test]
    public async Task CountAsync_SomeOfANotificationAreNew_CountsThose()
    {
        await CountAsync(Monday, hash: 1);

        int? counted = await _store.CountAsync(new IncomingInstalls(
            Monday, Bucket(Monday), IsAutomatic: false, [.. Enumerable.Range(1, 3).Select(i => new PackageInstall($"a/p{i}", "1.0.0.0", (UInt128)i))]));

        Assert.That(counted, Is.EqualTo(2));
    }

    [Test]
    public async Task FindAsync_BeforeARollup_SaysThatItIsBehind()
    {
        await CountAsync(Monday, hash: 1);
        await CountAsync(Monday, hash: 1);
        await CountAsync(Monday, hash: 2);

        Assert.That((await _store.FindAsync("a/b")).Currency, Is.EqualTo(new CounterCurrency(null, 2)));
        await _store.RollUpAsync(Monday);
        Assert.That((await _store.FindAsync("a/b")).Currency, Is.EqualTo(new CounterCurrency(Monday, 0)));
    }

    [Test]
    public async Task RollUpAsync_ByHandAndByCi_AreCountedApart()
    {
        await CountAsync(Monday, hash: 1);
        await CountAsync(Monday.AddMinutes(1), hash: 2, isAutomatic: true);
        await _store.RollUpAsync(Monday);

        PackageDetails details = await _store.FindAsync("a/b");

        Assert.That(details.Installs, Is.EqualTo(new PackageInstalls("a/b", 1, 1, 1, 1, Monday)));
        Assert.That(details.Monthly, Is.EqualTo(new[] { new PackageMonth("2026-05", 1, 1) }));
    }

    [Test]
    public async Task RollUpAsync_AtTheEdgeOf30Days_IsExactToTheSecond()
    {
        await CountAsync(Monday, hash: 1);
        await _store.RollUpAsync(Monday.AddDays(30).AddSeconds(-1));
        long before = (await _store.FindAsync("a/b")).Installs.Last30Days;
        await _store.RollUpAsync(Monday.AddDays(30));
        long after = (await _store.FindAsync("a/b")).Installs.Last30Days;

        Assert.That((before, after), Is.EqualTo((1, 0)));
    }

    [Test, Property("Case", 96)]
    public async Task RollUpAsync_ClockAYearAheadAndBack_CountsTheLast30DaysAgain()
    {
        await CountAsync(Monday, hash: 1);
        await _store.RollUpAsync(Monday.AddDays(364));
        await _store.RollUpAsync(Monday);
        await CountAsync(Monday, hash: 2);
        await _store.RollUpAsync(Monday);

        Assert.That((await _store.FindAsync("a/b")).Installs, Is.EqualTo(new PackageInstalls("a/b", 2, 2, 0, 0, Monday)));
    }

    [Test]
    public async Task RollUpAsync_After365Days_PrunesAndKeepsTheTotals()
    {
        await CountAsync(Monday, hash: 1);
        await CountAsync(Monday.AddDays(1), hash: 2);
        PackageRollupStep? first = await _store.RollUpAsync(Monday.AddDays(365));
        PackageRollupStep? second = await _store.RollUpAsync(Monday.AddDays(366));

        PackageDetails details = await _store.FindAsync("a/b");

        Assert.That((first, second), Is.EqualTo((new PackageRollupStep(2, 1, true), new PackageRollupStep(0, 1, true))));
        Assert.That(CountInstalls(), Is.Zero);
        Assert.That(details.Installs, Is.EqualTo(new PackageInstalls("a/b", 2, 0, 0, 0, Monday.AddDays(1))));
        Assert.That(details.Monthly, Is.EqualTo(new[] { new PackageMonth("2026-05", 2, 0) }));
    }

    [Test]
    public async Task RollUpAsync_MoreThanOneStep_CountsEachOnce()
    {
        int many = ServerLimits.RollupInstalls + 1;
        for (int from = 0; from < many; from += 5_000)
        {
            await _store.CountAsync(new IncomingInstalls(
                Monday.AddSeconds(from),
                Bucket(Monday),
                IsAutomatic: false,
                [.. Enumerable.Range(from, Math.Min(5_000, many - from)).Select(i => new PackageInstall("a/b", "1.0.0.0", (UInt128)i))]));
        }

        PackageRollupStep? first = await _store.RollUpAsync(Monday);
        CounterCurrency between = (await _store.FindAsync("a/b")).Currency;
        PackageRollupStep? second = await _store.RollUpAsync(Monday);

        Assert.That(first, Is.EqualTo(new PackageRollupStep(ServerLimits.RollupInstalls, 0, IsLast: false)));
        Assert.That(between, Is.EqualTo(new CounterCurrency(null, 1)));
        Assert.That(second, Is.EqualTo(new PackageRollupStep(1, 0, IsLast: true)));
        Assert.That((await _store.FindAsync("a/b")).Installs.Last30Days, Is.EqualTo(many));

        await RollUpAllAsync(Monday.AddDays(500));

        Assert.That((await _store.FindAsync("a/b")).Installs, Is.EqualTo(new PackageInstalls("a/b", many, 0, 0, 0, Monday.AddSeconds(10_000))));
        Assert.That(CountInstalls(), Is.Zero);
    }

    [Test]
    public async Task ListAsync_Orders_AreWhatTheySay()
    {
        await CountAsync(Monday, hash: 1, package: "b/one");
        await CountAsync(Monday, hash: 2, package: "c/two");
        await CountAsync(Monday, hash: 3, package: "c/two");
        await CountAsync(Monday, hash: 4, package: "a/one");
        await _store.RollUpAsync(Monday);

        PackageList byName = await _store.ListAsync(PackageOrder.Name, skip: 0, take: 10);
        PackageList byInstalls = await _store.ListAsync(PackageOrder.Installs, skip: 0, take: 10);
        PackageList second = await _store.ListAsync(PackageOrder.Installs, skip: 1, take: 1);

        Assert.That(byName.Packages.Select(p => p.Name), Is.EqualTo(new[] { "a/one", "b/one", "c/two" }));
        Assert.That(byInstalls.Packages.Select(p => p.Name), Is.EqualTo(new[] { "c/two", "a/one", "b/one" }));
        Assert.That(second.Packages.Select(p => p.Name), Is.EqualTo(new[] { "a/one" }));
        Assert.That(second.Total, Is.EqualTo(3));
    }

    /// <summary>
    /// Any history of installs, repetitions, passing time, clocks set back a little, rollups and restarts: what the counters
    /// say is what somebody finds who counts a list of them.
    /// </summary>
    [Test]
    public void RollUpAsync_AnyHistory_EqualsARecount()
    {
        int histories = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(60),
            Prop.ForAll(
                Arb.From(PackageHistory.AnyAct.ListOf()),
                acts => Run($"history-{histories++}.db", [.. acts]).GetAwaiter().GetResult()));
    }

    private async Task<bool> Run(string database, IReadOnlyList<PackageHistoryAct> acts)
    {
        await CloseStoreAsync();
        _store = await OpenStoreAsync(database);
        PackageHistory history = new(Monday);
        foreach (PackageHistoryAct act in acts)
        {
            switch (act.Kind)
            {
                case PackageHistoryKind.Install:
                    IncomingInstalls incoming = history.Incoming(act, Bucket(history.Now));
                    int? counted = await _store.CountAsync(incoming);
                    Assert.That(counted, Is.EqualTo(history.Count(incoming)));
                    break;
                case PackageHistoryKind.Pass:
                    history.Now += act.Time;
                    break;
                case PackageHistoryKind.Restart:
                    await CloseStoreAsync();
                    _store = await OpenStoreAsync(database);
                    break;
                default:
                    await CompareAsync(history);
                    break;
            }
        }

        await CompareAsync(history);
        return true;
    }

    private async Task CompareAsync(PackageHistory history)
    {
        await RollUpAllAsync(history.Now);
        foreach (string package in PackageHistory.Packages)
        {
            PackageDetails details = await _store.FindAsync(package);
            Assert.That(details.Installs, Is.EqualTo(history.Recount(package)));
            Assert.That(details.Monthly, Is.EqualTo(history.RecountMonths(package)));
            Assert.That(details.Currency, Is.EqualTo(new CounterCurrency(history.Now, 0)));
        }

        Assert.That(CountInstalls(), Is.EqualTo(history.Prune()));
    }

    private async Task RollUpAllAsync(DateTimeOffset now)
    {
        while (!(await _store.RollUpAsync(now))!.IsLast)
        {
            // The next step.
        }
    }

    private Task<int?> CountAsync(DateTimeOffset received, int hash, bool isAutomatic = false, string package = "a/b") =>
        _store.CountAsync(new IncomingInstalls(
            received, Bucket(received), isAutomatic, [new PackageInstall(package, "1.0.0.0", (UInt128)hash)]));

    private static long Bucket(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3_600 * 3_600;
}
