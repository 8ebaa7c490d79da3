using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>What every storage engine deletes when, and what it keeps.</summary>
public abstract class RetentionConformance : RollupFixture
{
    /// <summary>SQL after which no report of <c>reports_paperless_ngx</c> above number 510 can be deleted.</summary>
    protected abstract string FailToDelete { get; }

    /// <summary>SQL after which they can be again.</summary>
    protected abstract string DeleteAgain { get; }

    [Test, Category("Long")]
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
        Execute(FailToDelete);
        time.Advance(TimeSpan.FromDays(60));
        await RetainAsync(time);
        Assert.That(Query("SELECT id FROM reports_paperless_ngx"), Has.Count.EqualTo(20));
        Execute(DeleteAgain);
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
}
