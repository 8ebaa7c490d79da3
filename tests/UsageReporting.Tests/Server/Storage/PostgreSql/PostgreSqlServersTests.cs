using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

/// <summary>Two servers on one database.</summary>
[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlServersTests
{
    private static readonly DateTimeOffset Monday = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TestReports _reports = new();

    private TemporaryFolder _folder = null!;
    private ProductCatalog _catalog = null!;
    private string _connectionString = "";
    private PostgreSqlEngine[] _servers = null!;

    private Product Product => _catalog.Default!;

    [SetUp]
    public async Task OpenAsync()
    {
        _folder = new TemporaryFolder();
        _catalog = TestCatalog.Of(_folder, SeedSchemas.PaperlessNgx, TestSchemas.NoId);
        _connectionString = PostgreSqlCluster.Shared.CreateDatabase();
        // At the same moment, on an empty database.
        _servers = await Task.WhenAll(Enumerable.Range(0, 2).Select(
            _ => Task.Run(() => PostgreSqlEngine.OpenAsync(_connectionString, _folder.Path, _catalog))));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (PostgreSqlEngine server in _servers)
        {
            await server.DisposeAsync();
        }

        _reports.Dispose();
        _folder.Dispose();
    }

    [Test, Property("Case", 38)]
    public async Task StoreAsync_64AtOnceToTwoServers_AcceptsOne()
    {
        for (int round = 0; round < 20; round++)
        {
            IncomingReport[] reports = [.. Enumerable.Range(0, 64).Select(_ => Report(round, Monday))];
            StoreOutcome[] outcomes = await Task.WhenAll(
                reports.Select((report, i) => Task.Run(() => _servers[i % 2].Reports.StoreAsync(report))));

            Assert.That(outcomes.OfType<StoreOutcome.Accepted>().Count(), Is.EqualTo(1));
            Assert.That(
                outcomes.Where(outcome => outcome is not StoreOutcome.Accepted).Distinct(),
                Is.EqualTo(new[] { new StoreOutcome.AlreadyReported(Monday, IsSameReport: true) }));
        }

        Assert.That(Query("SELECT count(*) || ' ' || count(DISTINCT uuid) FROM reports"), Is.EqualTo(new[] { "20 20" }));
    }

    // In orders of their own, and with seconds of their own: rows are wanted by both, and nobody waits in a circle.
    [Test]
    public async Task StoreAsync_SameIdsInOtherOrders_AcceptsEachOnceAndCountsThem()
    {
        Random random = new(1);
        (int Installation, int Server, DateTimeOffset Received)[] all =
        [
            .. Enumerable.Range(0, 2).SelectMany(server => Enumerable.Range(0, 600).Select(i => (i, server, Monday.AddSeconds(random.Next(3))))),
        ];
        random.Shuffle(all);

        StoreOutcome[] outcomes = await Task.WhenAll(all.Select(
            report => Task.Run(() => _servers[report.Server].Reports.StoreAsync(Report(report.Installation, report.Received)))));

        Assert.That(outcomes.OfType<StoreOutcome.Accepted>().Count(), Is.EqualTo(600));
        Assert.That(outcomes.OfType<StoreOutcome.AlreadyReported>().Count(), Is.EqualTo(600));
        Assert.That(Query("SELECT count(*) FROM reports"), Is.EqualTo(new[] { "600" }));
        Assert.That(Query("SELECT came FROM report_spans"), Is.EqualTo(new[] { "600" }));
    }

    [Test]
    public async Task StoreAsync_NoncesOfTwoServers_AreForgottenByBothAndNoReportIsLost()
    {
        StoreOutcome[] outcomes = [];
        for (int week = 0; week < 2; week++)
        {
            outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => _servers[i % 2].Reports.StoreAsync(_reports.Incoming(
                _catalog.Products[1],
                Monday.AddDays(week * 8),
                TestSchemas.NoIdReport.Replace("00112233", string.Create(CultureInfo.InvariantCulture, $"{(week * 1_000) + i:00000000}"), StringComparison.Ordinal))))));
        }

        Assert.That(outcomes, Is.All.InstanceOf<StoreOutcome.Accepted>());
        Assert.That(Query("SELECT count(*) FROM reports_no_id"), Is.EqualTo(new[] { "800" }));
        Assert.That(int.Parse(Query("SELECT count(*) FROM nonces").Single(), CultureInfo.InvariantCulture), Is.InRange(400, 500));
    }

    [Test, Property("Case", 95)]
    public async Task StoreAsync_ConnectionEndedByTheDatabase_IsAcceptedAllTheSame()
    {
        await _servers[0].Reports.StoreAsync(Report(1, Monday));
        Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        Assert.That(await _servers[0].Reports.StoreAsync(Report(2, Monday)), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test, Property("Case", 95)]
    public async Task StoreAsync_RowHeldByAnother_WaitsAndIsUnavailableInTheEndAndRecovers()
    {
        await using PostgreSqlEngine impatient =
            await PostgreSqlEngine.OpenAsync($"{_connectionString};Command Timeout=1", _folder.Path, _catalog);
        await impatient.Reports.StoreAsync(Report(1, Monday));
        await using (Npgsql.NpgsqlConnection other = new($"{_connectionString};Pooling=false"))
        {
            await other.OpenAsync();
            await using Npgsql.NpgsqlTransaction transaction = await other.BeginTransactionAsync();
            await using Npgsql.NpgsqlCommand hold = new("SELECT id FROM installations FOR UPDATE", other);
            await hold.ExecuteNonQueryAsync();

            Assert.That(await impatient.Reports.StoreAsync(Report(1, Monday.AddDays(7))), Is.InstanceOf<StoreOutcome.Unavailable>());
        }

        Assert.That(await impatient.Reports.StoreAsync(Report(1, Monday.AddDays(7))), Is.InstanceOf<StoreOutcome.Accepted>());
    }

    [Test]
    public void OpenAsync_LaterVersion_IsRefusedAndLeftAsItIs()
    {
        Execute("UPDATE usage_reporting SET version = 99; DROP VIEW reports");

        Assert.That(
            () => PostgreSqlEngine.OpenAsync(_connectionString, _folder.Path, _catalog),
            Throws.TypeOf<UsageStoreException>().With.Message.EndsWith("was written by a later version of this server."));
        Assert.That(Query("SELECT version FROM usage_reporting"), Is.EqualTo(new[] { "99" }));
        Assert.That(Query("SELECT table_name FROM information_schema.views WHERE table_name = 'reports'"), Is.Empty);
    }

    [Test, Property("Case", 97)]
    public async Task TryTakeTurnAsync_OneHasIt_TheOtherWritesNothingUntilItIsOver()
    {
        (PostgreSqlRollups first, PostgreSqlRollups second) = (new(_servers[0].Rollups, Product), new(_servers[1].Rollups, Product));
        Assert.That(await first.Store.TryTakeTurnAsync(), Is.True);
        Assert.That(await second.Store.TryTakeTurnAsync(), Is.False);
        Assert.That(await first.Store.TryTakeTurnAsync(), Is.True);
        Assert.That(await second.WriteAsync(1), Is.False);
        Assert.That(await first.WriteAsync(2), Is.True);

        // The first one is stopped for a while, and goes on with what it was at.
        Execute("UPDATE leases SET until = now() - INTERVAL '1 second'");
        Assert.That(await second.Store.TryTakeTurnAsync(), Is.True);
        Assert.That(await first.WriteAsync(3), Is.False);
        Assert.That(await second.WriteAsync(4), Is.True);

        Assert.That(Query("SELECT installs FROM rollups"), Is.EqualTo(new[] { "4" }));
    }

    // Nothing that was acknowledged is lost, whenever the crash comes.
    [Test, Property("Case", 95)]
    public async Task StoreAsync_DatabaseKilledAndStartedAgain_IsUnavailableMeanwhileAndGoesOn()
    {
        using PostgreSqlCluster cluster = PostgreSqlCluster.Start(isDurable: true);
        string connectionString = cluster.CreateDatabase();
        PostgreSqlEngine[] servers =
        [
            await PostgreSqlEngine.OpenAsync(connectionString, _folder.Path, _catalog),
            await PostgreSqlEngine.OpenAsync(connectionString, _folder.Path, _catalog),
        ];
        ConcurrentBag<int> acknowledged = [];
        int unavailable = 0, next = 0;
        using CancellationTokenSource end = new();
        Task[] clients = [.. Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                int id = Interlocked.Increment(ref next);
                switch (await servers[client % 2].Reports.StoreAsync(Report(id, Monday)))
                {
                    case StoreOutcome.Accepted:
                        acknowledged.Add(id);
                        break;
                    default:
                        Interlocked.Increment(ref unavailable);
                        await Task.Delay(5);
                        break;
                }
            }
        }))];
        try
        {
            for (int crash = 0; crash < 3; crash++)
            {
                int before = acknowledged.Count;
                await UntilAsync(() => acknowledged.Count >= before + 300);
                int refused = unavailable;
                cluster.Kill();
                await UntilAsync(() => unavailable > refused);
                cluster.Restart();
            }

            int last = acknowledged.Count;
            await UntilAsync(() => acknowledged.Count >= last + 300);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(clients);
            foreach (PostgreSqlEngine server in servers)
            {
                await server.DisposeAsync();
            }
        }

        IReadOnlyList<string> stored = PostgreSqlCluster.Query(connectionString, "SELECT uuid FROM reports");
        Assert.That(stored, Is.Unique);
        Assert.That(acknowledged.Select(Id).Except(stored), Is.Empty);
        TestContext.Out.WriteLine($"{acknowledged.Count} acknowledged, {stored.Count} stored, {unavailable} refused.");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(10, bound.Token);
        }
    }

    private IncomingReport Report(int installation, DateTimeOffset received) => _reports.Incoming(
        Product, received, TestSchemas.PaperlessReport.Replace(TestSchemas.Id, Id(installation), StringComparison.Ordinal));

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"a1b2c3d4-e5f6-4890-abcd-{number:000000000000}");

    private void Execute(string sql) => PostgreSqlCluster.Execute(_connectionString, sql);

    private IReadOnlyList<string> Query(string sql) => PostgreSqlCluster.Query(_connectionString, sql);

    private sealed record PostgreSqlRollups(IRollupStore Store, Product Product)
    {
        public Task<bool> WriteAsync(int installs) => Store.WriteAsync(
            Product, new Rollup(UsageWindow.Of(WindowKind.Week, Monday), installs, 0, []), new ReportChanges(installs, 0), Monday);
    }
}
