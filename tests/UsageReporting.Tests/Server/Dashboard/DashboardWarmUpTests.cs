using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Access;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Installations;
using UsageReporting.Server.Products;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.Server.Storage.Sqlite;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Server.Access;

namespace UsageReporting.Tests.Server.Dashboard;

public sealed class DashboardWarmUpTests
{
    // A job that throws would end the server.
    [Test]
    public async Task StartAsync_WhateverTheDatabaseDoes_EndsByItself([Values] bool isMapped, [Values] bool isThere)
    {
        using TemporaryFolder folder = new();
        ManualTimeProvider time = new();
        ProductCatalog catalog = TestCatalog.Of(folder, SeedSchemas.PaperlessNgx);
        using SqliteReportStore reports = new(folder.Combine("usage.db"), catalog, Unmeasured.Store, NullLogger<SqliteReportStore>.Instance);
        await reports.StartAsync(CancellationToken.None);
        SqliteRollupStore store = new(folder.Combine("usage.db"), reports);
        if (!isThere)
        {
            File.Move(folder.Combine("usage.db"), folder.Combine("away.db"));
        }

        await WarmUpAsync(folder, catalog, store, time, isMapped);
    }

    // What is cancelled within a store, such as by a time-out of its driver, is not the end of the host.
    [Test]
    public async Task StartAsync_StoreGivesUp_EndsByItself()
    {
        using TemporaryFolder folder = new();
        ManualTimeProvider time = new();

        await WarmUpAsync(folder, TestCatalog.Of(folder, SeedSchemas.PaperlessNgx), new StoreThatGivesUp(), time, isMapped: true);
    }

    private static async Task WarmUpAsync(
        TemporaryFolder folder, ProductCatalog catalog, IRollupStore store, ManualTimeProvider time, bool isMapped)
    {
        StatisticsReader statistics = new(store, time);
        using ReceiptKey key = new(folder.Combine("receipts.pem"));
        DashboardFiles files = new(new DashboardReader(statistics, store, time), statistics, key, packages: null);
        DashboardEndpoints endpoints = new(
            catalog, files, KeyRings.Of(folder), new KeyDoor(new RateGate(null, TimeSpan.FromMinutes(1), time))) { IsMapped = isMapped };
        using DashboardWarmUp warmUp = new(endpoints, files, catalog);

        await warmUp.StartAsync(CancellationToken.None);

        await warmUp.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class StoreThatGivesUp : IRollupStore
    {
        public Task<bool> TryTakeTurnAsync() => GiveUp<bool>();

        public Task<IReadOnlyList<ReportSpan>> GetSpansAsync(Product product) => GiveUp<IReadOnlyList<ReportSpan>>();

        public Task<IReadOnlyList<RollupState>> GetStatesAsync(Product product) => GiveUp<IReadOnlyList<RollupState>>();

        public Task<IReadOnlyDictionary<string, DateTimeOffset?>> GetPublicSinceAsync(Product product) =>
            GiveUp<IReadOnlyDictionary<string, DateTimeOffset?>>();

        public Task<bool> NotePublicAsync(Product product, IReadOnlyDictionary<string, DateTimeOffset?> since) => GiveUp<bool>();

        public Task<IReadOnlyList<Quarantine>> GetQuarantinesAsync(Product product) => GiveUp<IReadOnlyList<Quarantine>>();

        public Task<bool?> NoteToldAsync(Product product, string what) => GiveUp<bool?>();

        public Task ReadReportsAsync(Product product, long first, long last, Action<StoredReport> take, CancellationToken cancellationToken) =>
            GiveUp<bool>();

        public Task<bool> WriteAsync(Product product, Rollup rollup, ReportChanges changes, DateTimeOffset now) => GiveUp<bool>();

        public Task<IReadOnlyList<KeptRollup>> ReadAsync(Product product, UsageWindow from, UsageWindow to, string? name) =>
            GiveUp<IReadOnlyList<KeptRollup>>();

        private static Task<T> GiveUp<T>() => Task.FromException<T>(new OperationCanceledException("The driver has waited for long enough."));
    }
}
