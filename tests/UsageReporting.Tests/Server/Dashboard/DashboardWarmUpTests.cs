using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Access;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Installations;
using UsageReporting.Server.Products;
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

        StatisticsReader statistics = new(store, time);
        using ReceiptKey key = new(folder.Combine("receipts.pem"));
        DashboardFiles files = new(new DashboardReader(statistics, store, time), statistics, key, packages: null);
        DashboardEndpoints endpoints = new(
            catalog, files, KeyRings.Of(folder), new KeyDoor(new RateGate(null, TimeSpan.FromMinutes(1), time))) { IsMapped = isMapped };
        using DashboardWarmUp warmUp = new(endpoints, files, catalog);

        await warmUp.StartAsync(CancellationToken.None);

        await warmUp.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
