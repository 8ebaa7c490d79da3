using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Server.Storage;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>What every storage engine does in the same way with numbers. An engine's tests derive from this and open it.</summary>
public abstract class RollupStoreConformance
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TestReports _reports = new();

    private OpenedStores _stores = null!;
    private ProductCatalog _catalog = null!;

    /// <summary>The folder of the test.</summary>
    protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        Folder = new TemporaryFolder();
        _catalog = TestCatalog.Of(Folder, SeedSchemas.PaperlessNgx, TestSchemas.AllKinds, TestSchemas.Rotating, TestSchemas.NoId);
        _stores = await OpenStoresAsync(_catalog);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _stores.CloseAsync();
        _reports.Dispose();
        Folder.Dispose();
    }

    private protected abstract Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog);

    /// <summary>Runs SQL that changes something.</summary>
    protected abstract void Execute(string sql);

    /// <summary>The first column of each row, as text; NULL is empty.</summary>
    protected abstract IReadOnlyList<string> Query(string sql);

    [Test]
    public async Task RunAsync_WeekClosed_HasItsNumbers()
    {
        for (int i = 0; i < 25; i++)
        {
            await StoreAsync(Monday.AddHours(i), i, i < 10 ? "docker" : "snap");
        }

        ManualTimeProvider time = new(new DateTimeOffset(2026, 5, 24, 23, 59, 59, TimeSpan.Zero));
        await RunAsync(time);
        Assert.That(await DumpAsync("paperless-ngx"), Is.Empty);
        time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(time);

        KeptRollup kept = (await ReadAsync("paperless-ngx", WindowKind.Week)).Single();
        Assert.That((kept.Rollup.Window.ToString(), kept.Rollup.Installs, kept.Rollup.Held), Is.EqualTo(("2026-W21", 25, 0)));
        Assert.That(Cells(kept, "install_type"), Is.EqualTo("snap 15, docker 10"));
        Assert.That(Cells(kept, "multi_user"), Is.EqualTo("true 25"));
        Assert.That(Cells(kept, Rollup.New), Is.EqualTo("true 25"));
        Assert.That(kept.Made, Is.EqualTo(time.GetUtcNow()));
    }

    [Test]
    public async Task RunAsync_EveryKind_IsCountedAsStored()
    {
        for (int i = 0; i < 40; i++)
        {
            await StoreAsync(Monday, $$"""
                {"uuid":"{{Id(i)}}","flag":false,"word":"two","bucket":"10-99","text":"","set":["blue","red"],"versions":{"b":"1.2.3"},
                "place":{"count":{{i - 5}},"version":"1.2","date":"2026-05-18T12:00:00Z","deep":{"counts":{"green":{{i % 11}},"red":10} } } }
                """, "all-kinds");
        }

        await RunAsync(new ManualTimeProvider(Monday.AddDays(7)));

        Assert.That((await DumpAsync("all-kinds")).Split('\n')[0], Is.EqualTo(
            "2026-W21 40 held 0: _new[true 40]; bucket[10-99 40]; flag[false 40]; place.count[]quartiles 4 14 24 of 40; "
            + "place.date[2026-05 40]; place.deep.counts[green 40, red 40]green quartiles 2 4 7 of 40, red quartiles 10 10 10 of 40; "
            + "place.version[1.2 40]; set[blue 40, red 40]; text[ 40]; versions[b 40]; word[two 40]"));
    }

    [Test]
    public async Task RunAsync_NothingNew_WritesNothing()
    {
        await StoreAsync(Monday, 1, "docker");
        ManualTimeProvider time = new(Monday.AddDays(7));
        await RunAsync(time);
        time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync(time);

        Assert.That(Query("SELECT made FROM rollups"), Is.All.EqualTo("2026-05-25T12:00:00Z"));
    }

    // One version says 40 and 3, the other nothing; no reader sees the 3 without the 40.
    [Test]
    public async Task ReadAsync_WhileNumbersAreWritten_IsOfOneMoment()
    {
        Product product = _catalog.Find("paperless-ngx")!;
        UsageWindow week = UsageWindow.Of(WindowKind.Week, Monday);
        Rollup[] versions =
        [
            new(week, 0, 0, []), new(week, 43, 0, [new FieldRollup("channel", [new Cell("stable", 40)], 2, 3, [])]),
        ];
        using CancellationTokenSource end = new();
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; !end.IsCancellationRequested; i++)
            {
                await _stores.Rollups.WriteAsync(product, versions[i % 2], new ReportChanges(i, 0), Monday);
            }
        });

        HashSet<string> read = [];
        for (int i = 0; i < 1_000; i++)
        {
            read.Add((await DumpAsync("paperless-ngx")).TrimEnd());
        }

        await end.CancelAsync();
        await writing;
        Assert.That(read, Is.SubsetOf(new[] { "", "2026-W21 0 held 0:", "2026-W21 43 held 0: channel[stable 40]3 in 2" }));
    }

    [Test]
    public async Task RunAsync_ReportsOfOneProductNotReadable_MakesTheNumbersOfOthers()
    {
        await StoreAsync(Monday, 1, "docker");
        await StoreAsync(Monday, $$"""{"uuid":"{{Id(1)}}","flag":true}""", "all-kinds");
        Execute("DROP VIEW reports; ALTER TABLE reports_paperless_ngx RENAME TO elsewhere");

        AggregateException? failed =
            Assert.ThrowsAsync<AggregateException>(() => RunAsync(new ManualTimeProvider(Monday.AddDays(7))));

        Assert.That(failed?.InnerExceptions, Has.Count.EqualTo(1).And.All.TypeOf<UsageStoreException>());
        Assert.That(await ReadAsync("paperless-ngx", WindowKind.Week), Is.Empty);
        Assert.That((await ReadAsync("all-kinds", WindowKind.Week)).Single().Rollup.Installs, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_WeeksWithoutReports_AreZeros()
    {
        await StoreAsync(Monday, 1, "docker");
        await RunAsync(new ManualTimeProvider(Monday.AddDays(21)));

        Assert.That(
            (await ReadAsync("paperless-ngx", WindowKind.Week)).Select(k => $"{k.Rollup.Window} {k.Rollup.Installs}"),
            Is.EqualTo(new[] { "2026-W21 1", "2026-W22 0", "2026-W23 0" }));
    }

    [Test]
    public async Task RunAsync_ReportsErased_MakesTheNumbersAgain()
    {
        for (int i = 0; i < 20; i++)
        {
            await StoreAsync(Monday, i, "docker");
        }

        ManualTimeProvider time = new(Monday.AddDays(7));
        await RunAsync(time);
        Execute($"DELETE FROM reports_paperless_ngx WHERE uuid = '{Id(3)}'");
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await RunAsync(time);
        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week)).Single().Rollup.Installs, Is.EqualTo(20));
        time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(time);

        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week)).Single().Rollup.Installs, Is.EqualTo(19));
    }

    // A version with one report more than the one before tells that report.
    [Test]
    public async Task RunAsync_ReportsComeLate_CountWhenTheyAreTen()
    {
        for (int i = 0; i < 20; i++)
        {
            await StoreAsync(Monday, i, "docker");
        }

        ManualTimeProvider time = new(Monday.AddDays(7));
        await RunAsync(time);
        for (int i = 20; i < 29; i++)
        {
            await StoreAsync(Monday, i, "snap");
        }

        time.Advance(TimeSpan.FromHours(1));
        await RunAsync(time);
        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week)).Single().Rollup.Installs, Is.EqualTo(20));
        await StoreAsync(Monday, 29, "snap");
        await RunAsync(time);

        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week)).Single().Rollup.Installs, Is.EqualTo(30));
    }

    [Test]
    public async Task RunAsync_InstallationOfABusyNetwork_CountsFromTheNextWeekOn()
    {
        await StoreAsync(Monday, 1, "docker", isOfBusyNetwork: true);
        await StoreAsync(Monday.AddDays(7), 1, "docker", isOfBusyNetwork: true);
        await RunAsync(new ManualTimeProvider(Monday.AddDays(14)));

        Assert.That(
            (await ReadAsync("paperless-ngx", WindowKind.Week)).Select(k => $"{k.Rollup.Installs} held {k.Rollup.Held}"),
            Is.EqualTo(new[] { "0 held 1", "1 held 0" }));
    }

    // Point 5 of the issue, for the two kinds that the first test is not about.
    [Test]
    public async Task RunAsync_IdsThatRotate_AreCountedInTheirPeriod()
    {
        for (int i = 0; i < 14; i++)
        {
            // The last four of the week come after its end.
            DateTimeOffset received = i < 10 ? Monday : Monday.AddDays(7).AddHours(-1);
            await StoreAsync(received, Rotating(i, "2026-W21"), "rotating");
        }

        await StoreAsync(Monday.AddDays(7), Rotating(14, "2026-W22"), "rotating");
        await StoreAsync(Monday, """{"nonce":"00112233445566778899aabbccddeeff","ephemeral":true}""", "rotating");
        // A week of theirs is open for a day after its end, as reports are still coming.
        ManualTimeProvider time = new(new DateTimeOffset(2026, 5, 25, 23, 59, 59, TimeSpan.Zero));
        await RunAsync(time);
        Assert.That(await ReadAsync("rotating", WindowKind.Week), Is.Empty);
        time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(time);
        time.Advance(TimeSpan.FromDays(7));
        await RunAsync(time);

        Assert.That(
            (await ReadAsync("rotating", WindowKind.Week)).Select(k => $"{k.Rollup.Window} {k.Rollup.Installs} + {k.Rollup.Ephemeral} {k.Made:MM-dd}"),
            Is.EqualTo(new[] { "2026-W21 14 + 1 05-26", "2026-W22 1 + 0 06-02" }));
        Assert.That((await ReadAsync("rotating", WindowKind.Month)).Select(k => k.Rollup.Installs), Is.All.Null);
    }

    [Test]
    public async Task RunAsync_NoIds_AreCountedByTheirFirstReports()
    {
        for (int i = 0; i < 14; i++)
        {
            string flags = i < 11 ? "true" : "false";
            await StoreAsync(
                Monday.AddHours(i),
                $$"""{"nonce":"{{i:x32}}","first_in_week":{{flags}},"first_in_month":{{(i < 3 ? "true" : "false")}},"first_ever":true}""",
                "no-id");
        }

        await RunAsync(new ManualTimeProvider(Monday.AddDays(21)));

        Assert.That((await ReadAsync("no-id", WindowKind.Week))[0].Rollup.Installs, Is.EqualTo(11));
        Assert.That((await ReadAsync("no-id", WindowKind.Month))[0].Rollup.Installs, Is.EqualTo(3));
    }

    [Test]
    public async Task RunAsync_ThreeYears_KeepsWhatItSaysAndForgetsTheRest()
    {
        DateTimeOffset start = new(2024, 1, 1, 9, 0, 0, TimeSpan.Zero);
        ManualTimeProvider time = new(start);
        using RollupService service = Service(time);
        HashSet<string> forgotten = [];
        while (time.GetUtcNow() < start.AddYears(3))
        {
            int week = (int)(time.GetUtcNow() - start).TotalDays / 7;
            for (int i = 0; i < 3; i++)
            {
                // The third is silent for half of each year.
                if (i < 2 || week % 52 < 26)
                {
                    await StoreAsync(time.GetUtcNow(), i, "docker");
                }
            }

            await service.RunAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromHours(1));
            await service.RunAsync(CancellationToken.None);
            AssertKept(time.GetUtcNow(), week + 1);
            if (Query("SELECT id FROM installations").Count == 2)
            {
                forgotten.Add($"{time.GetUtcNow():yyyy}");
            }

            time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        }

        Assert.That(forgotten, Is.EqualTo(new[] { "2024", "2025", "2026" }));
        IReadOnlyList<KeptRollup> weeks = await ReadAsync("paperless-ngx", WindowKind.Week);
        Assert.That(weeks, Has.Count.EqualTo(156));
        Assert.That(weeks.Select(k => k.Rollup.Installs), Is.All.InRange(2, 3));
        Assert.That(await ReadAsync("paperless-ngx", WindowKind.Month), Has.Count.EqualTo(35));
        Assert.That(Query($"SELECT first_seen FROM installations WHERE id = '{Id(0)}'"), Is.EqualTo(new[] { "2024-01-01T09:00:00Z" }));
        // The third returned on the last day, after half a year, and was new.
        Assert.That(
            Query("SELECT DISTINCT _first_seen FROM reports_paperless_ngx ORDER BY 1"), Is.EqualTo(new[] { "2024-01-01", "2026-12-28" }));
    }

    [Test, Property("Case", 42)]
    public async Task RunAsync_SilentInstallationReturns_IsNew()
    {
        await StoreAsync(Monday, 1, "docker");
        ManualTimeProvider time = new(Monday.AddDays(60));
        await RetainAsync(time);
        Assert.That(Query("SELECT id FROM installations"), Has.Count.EqualTo(1));
        time.SetUtcNow(Monday.AddDays(60).AddSeconds(1));
        await RetainAsync(time);
        Assert.That(Query("SELECT id FROM installations"), Is.Empty);

        Assert.That(await StoreAsync(time.GetUtcNow(), 1, "docker"), Is.InstanceOf<StoreOutcome.Accepted>().With.Property(nameof(StoreOutcome.Accepted.IsNew)).True);
    }

    [Test, Property("Case", 96)]
    public async Task RunAsync_ClockWasAYearAheadForAMoment_KeepsTheNumbersThatWereMade()
    {
        for (int i = 0; i < 12; i++)
        {
            await StoreAsync(Monday, i, "docker");
        }

        ManualTimeProvider time = new(Monday.AddDays(7));
        await RunAsync(time);
        time.Advance(TimeSpan.FromDays(365));
        await RunAsync(time);
        time.SetUtcNow(Monday.AddDays(8));
        await RunAsync(time);

        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week))[0].Rollup.Installs, Is.EqualTo(12));
    }

    [TestCase(false), TestCase(true), Property("Case", 96)]
    public async Task RunAsync_ClockIsAYearAheadForAMoment_DeletesNothing(bool isAtTheFirstLook)
    {
        for (int i = 0; i < 12; i++)
        {
            await StoreAsync(Monday, i, "docker");
        }

        DateTimeOffset right = Monday.AddDays(1);
        ManualTimeProvider time = new(right);
        using RollupService service = Service(time);
        for (int look = 0; look < 4; look++)
        {
            time.SetUtcNow(look == (isAtTheFirstLook ? 0 : 1) ? right.AddYears(1) : right.AddHours(look));
            await service.RunAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.That(Query("SELECT id FROM reports_paperless_ngx"), Has.Count.EqualTo(12));
        Assert.That(Query("SELECT id FROM installations"), Has.Count.EqualTo(12));

        // The week that was closed too early has all of its reports when it is over.
        await StoreAsync(right, 12, "docker");
        time.SetUtcNow(Monday.AddDays(7));
        await service.RunAsync(CancellationToken.None);
        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week))[0].Rollup.Installs, Is.EqualTo(13));
    }

    // A full disk here; a kill between two portions leaves the same.
    [Test, Property("Case", 97)]
    public async Task RunAsync_DeletionBrokenOff_KeepsTheNumbersAndGoesOn()
    {
        for (int i = 0; i < 520; i++)
        {
            await StoreAsync(Monday, i, "docker");
        }

        ManualTimeProvider time = new(Monday.AddDays(14));
        await RunAsync(time);
        Execute("""
            CREATE TRIGGER full BEFORE DELETE ON reports_paperless_ngx WHEN OLD.id > 510 BEGIN SELECT RAISE(ABORT, 'full'); END
            """);
        time.Advance(TimeSpan.FromDays(60));
        await RetainAsync(time);
        Assert.That(Query("SELECT id FROM reports_paperless_ngx"), Has.Count.EqualTo(20));
        Execute("DROP TRIGGER full");
        await RetainAsync(time);

        Assert.That(Query("SELECT id FROM reports_paperless_ngx"), Is.Empty);
        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Week))[0].Rollup.Installs, Is.EqualTo(520));
        Assert.That((await ReadAsync("paperless-ngx", WindowKind.Month))[0].Rollup.Installs, Is.EqualTo(520));
    }

    [Test]
    public async Task RunAsync_ReportsDeleted_DeletesTheirEntriesToo()
    {
        await StoreAsync(Monday, $$"""{"uuid":"{{Id(1)}}","flag":true,"set":["red"]}""", "all-kinds");
        await StoreAsync(Monday.AddDays(1), $$"""{"uuid":"{{Id(2)}}","flag":true,"set":["blue"]}""", "all-kinds");

        await RetainAsync(new ManualTimeProvider(Monday.AddMonths(2)));

        Assert.That(Query("SELECT key FROM report_values"), Is.EqualTo(new[] { "blue" }));
        Assert.That(Query("SELECT span FROM report_spans WHERE product = 'all-kinds' AND gone = 0"), Is.EqualTo(new[] { "2026-05-19" }));
    }

    [Test]
    public async Task ReadAnomalies_ReportsErased_AreNotTakenForReports()
    {
        for (int day = 0; day <= 28; day++)
        {
            for (int i = 0; i < (day == 28 ? 6 : 2); i++)
            {
                await StoreAsync(Monday.AddDays(day), (day * 10) + i, "docker");
            }
        }

        Execute("DELETE FROM reports_paperless_ngx WHERE received > '2026-06-15'");
        AnomalyReader reader = new(_stores.Rollups, new ManualTimeProvider(Monday.AddDays(29)));

        Assert.That(await reader.ReadAsync(_catalog.Default!), Is.Empty);
    }

    // Step by step, as the clock goes on and things happen to windows that have numbers, or at once: the same, but for
    // windows in which fewer than ten came late.
    [TestCase(1), TestCase(2), TestCase(3), TestCase(4), TestCase(5), TestCase(6), TestCase(7), TestCase(8)]
    public async Task RunAsync_AnyHistory_IsAsIfMadeAtOnce(int seed)
    {
        Random random = new(seed);
        ManualTimeProvider time = new(Monday);
        for (int step = 0; step < 120; step++)
        {
            switch (random.Next(10))
            {
                case < 6:
                    // Late by a clock that was set back, or ahead by one that was wrong.
                    TimeSpan wrong = TimeSpan.FromDays(random.Next(10) switch { 0 => -random.Next(20), 1 => random.Next(400), _ => 0 });
                    await StoreAsync(time.GetUtcNow() + wrong, random.Next(15), random.Next(2) == 0 ? "docker" : "snap", random.Next(8) == 0);
                    break;
                case 6:
                    Execute($"DELETE FROM reports_paperless_ngx WHERE uuid = '{Id(random.Next(15))}'");
                    break;
                case 7:
                    await RunAsync(time);
                    break;
                default:
                    time.Advance(TimeSpan.FromHours(random.Next(72)));
                    break;
            }
        }

        time.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(time);
        string[] stepByStep = (await DumpAsync("paperless-ngx")).Split('\n');
        IReadOnlyList<RollupState> states = await _stores.Rollups.GetStatesAsync(_catalog.Default!);
        foreach (string table in new[] { "rollups", "rollup_fields", "rollup_values", "rollup_quartiles" })
        {
            Execute($"DELETE FROM {table}");
        }

        await RunAsync(time);

        string[] atOnce = (await DumpAsync("paperless-ngx")).Split('\n');
        HashSet<string> late = [];
        foreach ((RollupState before, RollupState after) in states.Zip(await _stores.Rollups.GetStatesAsync(_catalog.Default!)))
        {
            Assert.That(after.Window, Is.EqualTo(before.Window));
            Assert.That(after.Changes.Went, Is.EqualTo(before.Changes.Went));
            Assert.That(after.Changes.Came - before.Changes.Came, Is.InRange(0, 9));
            if (after.Changes != before.Changes)
            {
                late.Add(after.Window.ToString());
            }
        }

        Assert.That(late, Has.Count.LessThan(states.Count));
        Assert.That(stepByStep.Where(IsOnTime), Is.EqualTo(atOnce.Where(IsOnTime)));

        bool IsOnTime(string line) => !late.Contains(line.Split(' ')[0]);
    }

    private static string Rotating(int number, string period) =>
        TestSchemas.RotatingReport.Replace("2026-W21", period, StringComparison.Ordinal)
            .Replace("ef1234567890", string.Create(CultureInfo.InvariantCulture, $"{number:000000000000}"), StringComparison.Ordinal);

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"a1b2c3d4-e5f6-4890-abcd-{number:000000000000}");

    private void AssertKept(DateTimeOffset now, int weeks)
    {
        string oldest = Query("SELECT min(received) FROM reports_paperless_ngx").Single();
        Assert.That(DateTimeOffset.Parse(oldest, CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(now.AddMonths(-2)));
        // What is a month old, or younger, is there.
        Assert.That(
            Query($"SELECT 1 FROM reports_paperless_ngx WHERE received >= '{DateField.Write(now.AddMonths(-1))}'"),
            Has.Count.AtLeast(Math.Min(8, weeks * 2)));
        Assert.That(
            Query("SELECT min(last_seen) FROM installations").Single(), Is.GreaterThanOrEqualTo(DateField.Write(now.AddDays(-60))));
    }

    private RollupService Service(TimeProvider time) =>
        new(_catalog, _stores.Rollups, _stores.Retention, time, NullLogger<RollupService>.Instance);

    // Each time a new one, so that nothing but the database remembers anything.
    private async Task RunAsync(TimeProvider time)
    {
        using RollupService service = Service(time);
        await service.RunAsync(CancellationToken.None);
    }

    // Runs twice, as what is deleted is what two looks have seen.
    private async Task RetainAsync(ManualTimeProvider time)
    {
        using RollupService service = Service(time);
        await service.RunAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromHours(1));
        await service.RunAsync(CancellationToken.None);
    }

    private Task<StoreOutcome> StoreAsync(DateTimeOffset received, int installation, string installType, bool isOfBusyNetwork = false) =>
        StoreAsync(
            received,
            TestSchemas.PaperlessReport.Replace(TestSchemas.Id, Id(installation), StringComparison.Ordinal)
                .Replace("\"docker\"", $"\"{installType}\"", StringComparison.Ordinal),
            "paperless-ngx",
            isOfBusyNetwork);

    private Task<StoreOutcome> StoreAsync(DateTimeOffset received, string json, string product, bool isOfBusyNetwork = false) =>
        _stores.Reports.StoreAsync(
            _reports.Incoming(_catalog.Find(product)!, received, json) with { IsOfBusyNetwork = isOfBusyNetwork });

    private Task<IReadOnlyList<KeptRollup>> ReadAsync(string product, WindowKind kind) => _stores.Rollups.ReadAsync(
        _catalog.Find(product)!, UsageWindow.Of(kind, new DateOnly(2000, 1, 10)), UsageWindow.Of(kind, new DateOnly(2100, 1, 1)), null);

    private async Task<string> DumpAsync(string product)
    {
        StringBuilder dump = new();
        foreach (WindowKind kind in Enum.GetValues<WindowKind>())
        {
            foreach (KeptRollup kept in await ReadAsync(product, kind))
            {
                dump.Append(CultureInfo.InvariantCulture, $"{kept.Rollup.Window} {kept.Rollup.Installs} held {kept.Rollup.Held}: ")
                    .AppendJoin("; ", kept.Rollup.Fields.OrderBy(f => f.Field, StringComparer.Ordinal).Select(Text)).Append('\n');
            }
        }

        return dump.ToString();
    }

    private static string Text(FieldRollup field) =>
        $"{field.Field}[{string.Join(", ", field.Cells.Select(c => $"{c.Value} {c.Installs}"))}]"
        + (field.SmallValues > 0 ? $"{field.SmallInstalls} in {field.SmallValues}" : "")
        + string.Join(", ", field.Quartiles.Select(
            q => $"{q.Word} quartiles {q.Lower} {q.Median} {q.Upper} of {q.Installs}".TrimStart()));

    private static string Cells(KeptRollup kept, string field) => string.Join(
        ", ", kept.Rollup.Fields.Single(f => f.Field == field).Cells.Select(cell => $"{cell.Value} {cell.Installs}"));
}
