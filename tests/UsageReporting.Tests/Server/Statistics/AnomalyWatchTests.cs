using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>What a webhook is told, over a real socket, of numbers in a real database.</summary>
public sealed class AnomalyWatchTests
{
    private static readonly UsageWindow Week = UsageWindow.Of(WindowKind.Week, new DateOnly(2026, 11, 16));

    private readonly ManualTimeProvider _time = new(Week.Next.Start);
    private TemporaryFolder _folder = null!;
    private LoopbackServer _webhook = null!;
    private Webhook _caller = null!;
    private ProductCatalog _catalog = null!;
    private SqliteReportStore _reports = null!;
    private SqliteRollupStore _store = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _webhook = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        _caller = new Webhook(_webhook.Endpoint, NullLogger<Webhook>.Instance);
        _catalog = TestCatalog.Of(_folder, SeedSchemas.PaperlessNgx);
        _reports = new SqliteReportStore(_folder.Combine("usage.db"), _catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await _reports.StartAsync(CancellationToken.None);
        _store = new SqliteRollupStore(_folder.Combine("usage.db"), _reports);
        _time.SetUtcNow(Week.Next.Start);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _reports.Dispose();
        _caller.Dispose();
        await _webhook.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task LookAsync_WeekLost_TellsTheAnomalyAndTheDigestOnce()
    {
        await WriteAsync(Week.Previous, 100);
        await WriteAsync(Week, 50);
        using AnomalyWatch watch = Watch();

        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        Assert.That(Told(), Is.EqualTo(new[] { "anomaly", "digest" }));
        Assert.That(_webhook.Requests[0], Does.EndWith("\"text\":\"paperless-ngx, 2026-W47: 50, where 100 were expected.\"}"));
        Assert.That(_webhook.Requests[1], Does.Contain("# paperless-ngx, 2026-W47"));
    }

    // A late report makes the numbers of a week again; a server that ended in between begins to look anew.
    [Test]
    public async Task LookAsync_ServerStartedAgainAndNumbersMadeAgain_TellsNothingTwice()
    {
        await WriteAsync(Week.Previous, 100);
        await WriteAsync(Week, 50);
        using (AnomalyWatch watch = Watch())
        {
            await watch.LookAsync(CancellationToken.None);
        }

        _time.Advance(TimeSpan.FromDays(1));
        await WriteAsync(Week, 60);
        using AnomalyWatch next = Watch();
        await next.LookAsync(CancellationToken.None);

        Assert.That(Told(), Is.EqualTo(new[] { "anomaly", "digest" }));
    }

    [Test]
    public async Task LookAsync_WeekClosedWhileNoServerRan_IsTold()
    {
        await WriteAsync(Week.Previous, 100);
        await WriteAsync(Week, 100);
        _time.Advance(TimeSpan.FromDays(3));
        using AnomalyWatch watch = Watch();

        await watch.LookAsync(CancellationToken.None);

        Assert.That(Told(), Is.EqualTo(new[] { "digest" }));
    }

    [Test]
    public async Task LookAsync_LongAgo_IsNoNews()
    {
        await WriteAsync(Week.Previous, 100);
        await WriteAsync(Week, 50);
        _time.Advance(TimeSpan.FromDays(15));
        using AnomalyWatch watch = Watch();

        await watch.LookAsync(CancellationToken.None);

        Assert.That(Told(), Is.Empty);
    }

    // For some seconds after its end a week has no numbers; the one before has been told of.
    [Test]
    public async Task LookAsync_NumbersNotMadeYet_WaitsForThem()
    {
        using AnomalyWatch watch = Watch();
        await watch.LookAsync(CancellationToken.None);
        Assert.That(Told(), Is.Empty);
        await WriteAsync(Week, 100);

        await watch.LookAsync(CancellationToken.None);

        Assert.That(Told(), Is.EqualTo(new[] { "digest" }));
    }

    [Test]
    public async Task LookAsync_CannotBeNoted_IsToldLater()
    {
        await WriteAsync(Week, 100);
        using AnomalyWatch watch = Watch();
        _reports.Dispose();
        await watch.LookAsync(CancellationToken.None);
        Assert.That(Told(), Is.Empty);

        using SqliteReportStore again = new(_folder.Combine("usage.db"), _catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await again.StartAsync(CancellationToken.None);
        _store = new SqliteRollupStore(_folder.Combine("usage.db"), again);
        using AnomalyWatch next = Watch();
        await next.LookAsync(CancellationToken.None);

        Assert.That(Told(), Is.EqualTo(new[] { "digest" }));
    }

    private string[] Told() =>
        [.. _webhook.Requests.Select(request => request.Contains("\"kind\":\"anomaly\"", StringComparison.Ordinal) ? "anomaly" : "digest")];

    private Task<bool> WriteAsync(UsageWindow window, long installs) => _store.WriteAsync(
        _catalog.Default!, new Rollup(window, installs, 0, []), new ReportChanges(installs, 0), _time.GetUtcNow());

    private AnomalyWatch Watch() => new(
        _catalog,
        new StatisticsReader(_store, _time),
        new AnomalyReader(_store, _time),
        _store,
        _caller,
        _time,
        NullLogger<AnomalyWatch>.Instance);
}
