using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Server.Storage;

namespace UsageReporting.Tests.Server.Rollups;

/// <summary>An engine's stores on one database, and what tests of numbers do with them.</summary>
public abstract class RollupFixture
{
    /// <summary>A Monday, at noon.</summary>
    protected static readonly DateTimeOffset Monday = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TestReports _reports = new();

    /// <summary>The folder of the test.</summary>
    protected TemporaryFolder Folder { get; private set; } = null!;

    private protected OpenedStores Stores { get; private set; } = null!;

    private protected ProductCatalog Catalog { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        Folder = new TemporaryFolder();
        Catalog = TestCatalog.Of(
            Folder,
            [
                SeedSchemas.PaperlessNgx, TestSchemas.AllKinds, TestSchemas.Rotating, TestSchemas.NoId,
                .. Enum.GetValues<IdentityKind>().Select(TestSchemas.Counted),
            ]);
        Stores = await OpenStoresAsync(Catalog);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await Stores.CloseAsync();
        _reports.Dispose();
        Folder.Dispose();
    }

    private protected async Task ReopenAsync() => Stores = await OpenStoresAsync(Catalog);

    private protected abstract Task<OpenedStores> OpenStoresAsync(ProductCatalog catalog);

    /// <summary>Runs SQL that changes something.</summary>
    protected abstract void Execute(string sql);

    /// <summary>Deletes reports as the documentation tells who does it by hand.</summary>
    protected abstract void DeleteByHand(string table, string condition);

    /// <summary>The first column of each row, as text; NULL is empty.</summary>
    protected abstract IReadOnlyList<string> Query(string sql);

    protected static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"a1b2c3d4-e5f6-4890-abcd-{number:000000000000}");

    private protected RollupService Service(TimeProvider time) =>
        new(Catalog, Stores.Rollups, Stores.Retention, time, Unmeasured.Rollups(time), new RollupRuns(), NullLogger<RollupService>.Instance);

    // Each time a new one, so that nothing but the database remembers anything.
    private protected async Task RunAsync(TimeProvider time)
    {
        using RollupService service = Service(time);
        await service.RunAsync(CancellationToken.None);
    }

    // Runs twice, as what is deleted is what two looks have seen.
    private protected async Task RetainAsync(ManualTimeProvider time)
    {
        using RollupService service = Service(time);
        await service.RunAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromHours(1));
        await service.RunAsync(CancellationToken.None);
    }

    private protected Task<StoreOutcome> StoreAsync(DateTimeOffset received, int installation, string installType, bool isOfBusyNetwork = false) =>
        StoreAsync(
            received,
            TestSchemas.PaperlessReport.Replace(TestSchemas.Id, Id(installation), StringComparison.Ordinal)
                .Replace("\"docker\"", $"\"{installType}\"", StringComparison.Ordinal),
            "paperless-ngx",
            isOfBusyNetwork);

    private protected Task<StoreOutcome> StoreAsync(DateTimeOffset received, string json, string product, bool isOfBusyNetwork = false) =>
        Stores.Reports.StoreAsync(
            _reports.Incoming(Catalog.Find(product)!, received, json) with { IsOfBusyNetwork = isOfBusyNetwork });

    private protected Task<IReadOnlyList<KeptRollup>> ReadAsync(string product, WindowKind kind) => Stores.Rollups.ReadAsync(
        Catalog.Find(product)!, UsageWindow.Of(kind, new DateOnly(2000, 1, 10)), UsageWindow.Of(kind, new DateOnly(2100, 1, 1)), null);

    private protected async Task<string> DumpAsync(string product)
    {
        StringBuilder dump = new();
        foreach (WindowKind kind in Enum.GetValues<WindowKind>())
        {
            foreach (KeptRollup kept in await ReadAsync(product, kind))
            {
                dump.Append(RollupText.Of(kept.Rollup)).Append('\n');
            }
        }

        return dump.ToString();
    }
}
