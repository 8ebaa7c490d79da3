using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class RollingReaderTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private TemporaryFolder _folder = null!;
    private SqliteReportStore _reports = null!;
    private RollingReader _reader = null!;
    private Product _product = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        ProductCatalog catalog = TestCatalog.Of(_folder, SeedSchemas.PaperlessNgx);
        _product = catalog.Default!;
        _reports = new SqliteReportStore(_folder.Combine("usage.db"), catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await _reports.StartAsync(CancellationToken.None);
        _reader = new RollingReader(new SqliteRollupStore(_folder.Combine("usage.db"), _reports), _time);
    }

    [TearDown]
    public void Stop()
    {
        _reader.Dispose();
        _reports.Dispose();
        _folder.Dispose();
    }

    // Millions of reports take longer than a proxy waits.
    [Test]
    public async Task ReadAsync_ReaderIsGone_CountsForTheNext()
    {
        DateTimeOffset first = _time.GetUtcNow();
        Task gone = _reader.ReadAsync(_product, new CancellationToken(canceled: true));
        await gone.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.That(await SinceAsync(), Is.EqualTo(first.AddDays(-7)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await SinceAsync(), Is.EqualTo(_time.GetUtcNow().AddDays(-7)));
    }

    [Test]
    public async Task ReadAsync_CouldNotBeRead_IsTriedAgain()
    {
        File.Move(_folder.Combine("usage.db"), _folder.Combine("away.db"));
        Assert.That(() => _reader.ReadAsync(_product, CancellationToken.None).WaitAsync(Bound), Throws.InstanceOf<UsageStoreException>());
        File.Move(_folder.Combine("away.db"), _folder.Combine("usage.db"));

        Assert.That(await SinceAsync(), Is.EqualTo(_time.GetUtcNow().AddDays(-7)));
    }

    private async Task<DateTimeOffset> SinceAsync()
    {
        IReadOnlyDictionary<int, RollingNumbers>? numbers = await _reader.ReadAsync(_product, CancellationToken.None).WaitAsync(Bound);
        return numbers![7].Since;
    }
}
