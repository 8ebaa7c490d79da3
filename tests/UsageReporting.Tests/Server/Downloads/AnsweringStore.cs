using UsageReporting.Server;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Downloads;

/// <summary>A store that answers what a test wants, also what no real one can be made to: nothing, for as long as it wants.</summary>
internal sealed class AnsweringStore : IPackageStore
{
    public Task<int?> Answer { get; set; } = Task.FromResult<int?>(0);

    public IncomingInstalls? Last { get; private set; }

    public Task<int?> CountAsync(IncomingInstalls installs)
    {
        Last = installs;
        return Answer;
    }

    public Task<PackageRollupStep?> RollUpAsync(DateTimeOffset now) => throw new NotSupportedException();

    public Task<PackageDetails> FindAsync(string package) => throw new NotSupportedException();

    public Task<PackageList> ListAsync(PackageOrder order, int skip, int take) => throw new NotSupportedException();
}
