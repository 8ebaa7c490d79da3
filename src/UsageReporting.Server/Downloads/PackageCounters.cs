using UsageReporting.Server.Downloads;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server;

/// <summary>The counters of packages, for a host's own pages and its own timer. Found among the services.</summary>
public sealed class PackageCounters
{
    private readonly IPackageStore _store;
    private readonly IPackageCatalog _catalog;
    private readonly TimeProvider _time;

    internal PackageCounters(IPackageStore store, IPackageCatalog catalog, TimeProvider time)
    {
        _store = store;
        _catalog = catalog;
        _time = time;
    }

    /// <summary>Finds a package's counters, which are zero where it counts and nobody has installed it yet.</summary>
    /// <param name="name">The package, vendor and slash included.</param>
    /// <returns>Null for a package that does not count and never did.</returns>
    /// <exception cref="UsageStoreException">The database cannot be read just now.</exception>
    public async Task<PackageDetails?> FindAsync(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!PackageName.IsName(name))
        {
            return null;
        }

        PackageDetails details = await _store.FindAsync(name);
        return details.Installs is { Total: 0, AutomaticTotal: 0 } && !_catalog.Counts(name) ? null : details;
    }

    /// <summary>Lists the packages that were ever installed, a hundred at a time.</summary>
    /// <param name="order">Which comes first.</param>
    /// <param name="page">Which hundred, from 1.</param>
    /// <exception cref="UsageStoreException">The database cannot be read just now.</exception>
    public Task<PackageList> ListAsync(PackageOrder order = PackageOrder.Name, int page = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page, int.MaxValue / ServerLimits.ListedPackages);
        return _store.ListAsync(order, (page - 1) * ServerLimits.ListedPackages, ServerLimits.ListedPackages);
    }

    /// <summary>
    /// Brings the counters up to date and deletes what is older than a year. The job of <see cref="DownloadsOptions"/>
    /// does it by itself; where that is switched off, this is for a timer. It may be called at any time, also twice.
    /// </summary>
    /// <param name="cancellationToken">Ends it between two steps; what is done stays done.</param>
    /// <returns>What was done; null if nothing can be stored just now.</returns>
    public async Task<PackageRollup?> RollUpAsync(CancellationToken cancellationToken = default)
    {
        PackageRollup done = new(0, 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await _store.RollUpAsync(StoredTime.Now(_time)) is not { } step)
            {
                return null;
            }

            done = new PackageRollup(done.Installs + step.Installs, done.Pruned + step.Pruned);
            if (step.IsLast)
            {
                return done;
            }
        }
    }
}
