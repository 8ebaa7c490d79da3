using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server;
using UsageReporting.Server.Storage;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Storage.PostgreSql;

[RequiresTool(PostgreSqlCluster.Tool, PostgreSqlCluster.Package)]
public sealed class PostgreSqlPackageStoreTests : PackageStoreConformance
{
    private readonly Dictionary<string, string> _databases = [];

    private string _connectionString = "";
    private PostgreSqlEngine _engine = null!;

    // A number that was drawn earlier may be committed later.
    [Test]
    public async Task RollUpAsync_TwoServersAtOnce_CountsEachInstallOnce()
    {
        DateTimeOffset now = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);
        await using PostgreSqlEngine other = await PostgreSqlEngine.OpenAsync(_connectionString, Folder.Path, TestCatalog.Of(Folder));
        async Task CountAsync(IPackageStore store, int from)
        {
            foreach (int[] some in Enumerable.Range(from, 2_000).Chunk(20))
            {
                Assert.That(await store.CountAsync(new IncomingInstalls(
                    now, 0, IsAutomatic: false, [.. some.Select(i => new PackageInstall("a/b", "1.0.0.0", (UInt128)i))])), Is.Not.Null);
                Assert.That(await store.RollUpAsync(now), Is.Not.Null);
            }
        }

        // Half of them come to both.
        await Task.WhenAll(CountAsync(_engine.Packages, 0), CountAsync(other.Packages, 1_000));
        await other.Packages.RollUpAsync(now);

        PackageDetails details = await _engine.Packages.FindAsync("a/b");
        Assert.That(details.Installs, Is.EqualTo(new PackageInstalls("a/b", 3_000, 3_000, 0, 0, now)));
        Assert.That(details.Currency.Behind, Is.Zero);
    }

    private protected override async Task<IPackageStore> OpenStoreAsync(string database)
    {
        string place = Folder.Combine(database);
        if (!_databases.TryGetValue(place, out string? connectionString))
        {
            _databases[place] = connectionString = PostgreSqlCluster.Shared.CreateDatabase();
        }

        _connectionString = connectionString;
        _engine = await PostgreSqlEngine.OpenAsync(connectionString, Folder.Path, TestCatalog.Of(Folder));
        return _engine.Packages;
    }

    private protected override Task CloseStoreAsync() => _engine.DisposeAsync().AsTask();

    private protected override long CountInstalls() => long.Parse(
        PostgreSqlCluster.Query(_connectionString, "SELECT count(*) FROM package_installs").Single(), CultureInfo.InvariantCulture);
}
