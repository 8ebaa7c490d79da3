using UsageReporting.Server.Storage;

namespace UsageReporting.Load;

/// <summary>Accepts and forgets.</summary>
internal sealed class AcceptingStore : IReportStore
{
    private static readonly Task<StoreOutcome> Accepted =
        Task.FromResult<StoreOutcome>(StoreOutcome.Accepted.OfNoReport);

    public Task<StoreOutcome> StoreAsync(IncomingReport report) => Accepted;

    public Task<bool> CanStoreAsync() => Task.FromResult(true);
}
