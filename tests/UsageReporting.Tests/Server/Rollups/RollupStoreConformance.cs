using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>What every storage engine does in the same way with numbers. An engine's tests derive from this and open it.</summary>
public abstract class RollupStoreConformance : RollupFixture
{
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
            + "place.version[1.2 40]; set[blue 40, red 40]; text[ 40]; versions[b 40]; versions/b[1.2.3 40]; word[two 40]"));
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
        Product product = Catalog.Find("paperless-ngx")!;
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
                await Stores.Rollups.WriteAsync(product, versions[i % 2], new ReportChanges(i, 0), Monday);
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
        DeleteByHand("reports_paperless_ngx", $"uuid = '{Id(3)}'");
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
    public async Task ReadAnomalies_ReportsErased_AreNotTakenForReports()
    {
        for (int day = 0; day <= 28; day++)
        {
            for (int i = 0; i < (day == 28 ? 6 : 2); i++)
            {
                await StoreAsync(Monday.AddDays(day), (day * 10) + i, "docker");
            }
        }

        DeleteByHand("reports_paperless_ngx", "received > '2026-06-15'");
        AnomalyReader reader = new(Stores.Rollups, new ManualTimeProvider(Monday.AddDays(29)));

        Assert.That(await reader.ReadAsync(Catalog.Default!), Is.Empty);
    }

    [Test]
    public async Task RunAsync_PairAndVersions_AreReadByTheirNames()
    {
        for (int i = 0; i < 60; i++)
        {
            await StoreAsync(Monday, $$$"""
                {"uuid":"{{{Id(i)}}}","word":"{{{(i < 30 ? "one" : "two")}}}","bucket":"{{{(i % 2 == 0 ? "0-9" : "10+")}}}","plugins":{"a":"1.{{{i % 3}}}"}}
                """, "counted-stable");
        }

        await RunAsync(new ManualTimeProvider(Monday.AddDays(7)));

        Product product = Catalog.Find("counted-stable")!;
        UsageWindow week = UsageWindow.Of(WindowKind.Week, Monday);
        async Task<string> ReadAsync(string name) => RollupText.Of((await Stores.Rollups.ReadAsync(product, week, week, name)).Single().Rollup);
        Assert.That(
            await ReadAsync("word,bucket"), Is.EqualTo("2026-W21 60 held 0:  | word,bucket: one 0-9 15, one 10+ 15, two 0-9 15, two 10+ 15"));
        Assert.That(await ReadAsync("plugins/a"), Is.EqualTo("2026-W21 60 held 0: plugins[a 60]; plugins/a[1.0 20, 1.1 20, 1.2 20]"));
        Assert.That(await ReadAsync("word"), Is.EqualTo("2026-W21 60 held 0: word[one 30, two 30]"));
    }

    // What people agreed to while a field was not published is not published when it is.
    [Test]
    public async Task ReadAsync_FieldPublishedLater_IsPublicFromTheNextWindowOn()
    {
        Product product = Catalog.Find("counted-stable")!;
        ManualTimeProvider time = new(Monday.AddDays(8));
        for (int week = 0; week < 3; week++)
        {
            await StoreAsync(Monday.AddDays(7 * week), $$"""{"uuid":"{{Id(week)}}","word":"one"}""", "counted-stable");
        }

        await Stores.Rollups.NotePublicAsync(product, new Dictionary<string, DateTimeOffset?> { ["word"] = null });
        // The schema says now that it is published: the second week has begun.
        await RunAsync(time);
        time.Advance(TimeSpan.FromDays(14));
        await RunAsync(time);

        UsageWindow first = UsageWindow.Of(WindowKind.Week, Monday);
        IReadOnlyList<KeptRollup> kept = await Stores.Rollups.ReadAsync(product, first, first.Next.Next, name: null);
        Assert.That(
            kept.Select(k => k.Rollup.Fields.Single(f => f.Field == "word").WasPublic), Is.EqualTo(new[] { false, false, true }));
        Assert.That(kept.Select(k => k.Rollup.Fields.Single(f => f.Field == "bucket").WasPublic), Is.All.True);
        Assert.That(kept.SelectMany(k => k.Rollup.Pairs).Where(pair => pair.WasPublic), Is.Empty);
    }

    // The next report gets the number of the last one, which nobody has any more.
    [Test]
    public async Task StoreAsync_NewestReportErasedByHand_IsStoredWithItsOwnEntries()
    {
        await StoreAsync(Monday, $$"""{"uuid":"{{Id(1)}}","flag":true,"set":["red","blue"]}""", "all-kinds");
        DeleteByHand("reports_all_kinds", $"uuid = '{Id(1)}'");

        StoreOutcome stored = await StoreAsync(Monday, $$"""{"uuid":"{{Id(2)}}","flag":true,"set":["red"]}""", "all-kinds");

        Assert.That(stored, Is.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT key FROM report_values"), Is.EqualTo(new[] { "red" }));
    }

    [Test]
    public async Task NoteToldAsync_Again_IsNotNew()
    {
        Product product = Catalog.Default!;

        Assert.That(await Stores.Rollups.NoteToldAsync(product, "2026-W21"), Is.True);
        Assert.That(await Stores.Rollups.NoteToldAsync(product, "2026-W21"), Is.False);
        Assert.That(await Stores.Rollups.NoteToldAsync(Catalog.Products[1], "2026-W21"), Is.True);
    }

    private static string Rotating(int number, string period) =>
        TestSchemas.RotatingReport.Replace("2026-W21", period, StringComparison.Ordinal)
            .Replace("ef1234567890", string.Create(CultureInfo.InvariantCulture, $"{number:000000000000}"), StringComparison.Ordinal);

    private static string Cells(KeptRollup kept, string field) => string.Join(
        ", ", kept.Rollup.Fields.Single(f => f.Field == field).Cells.Select(cell => $"{cell.Value} {cell.Installs}"));
}
