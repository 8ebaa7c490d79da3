using NUnit.Framework;
using UsageReporting.Server.Health;
using UsageReporting.Server.Storage;

namespace UsageReporting.Tests.Server.Health;

public sealed class ReadinessTests
{
    [Test]
    public async Task FindOutAsync_ManyAtOnce_ShareOneWrite()
    {
        SlowStore store = new();
        Readiness readiness = new(store);

        Task<bool>[] asked = [.. Enumerable.Range(0, 1_000).Select(_ => readiness.FindOutAsync())];
        Assert.That(store.Writes, Has.Count.EqualTo(1));
        store.Writes[0].SetResult(true);
        Assert.That(await Task.WhenAll(asked), Is.All.True);

        Task<bool> later = readiness.FindOutAsync();
        store.Writes[1].SetResult(false);
        Assert.That(await later, Is.False);
    }

    private sealed class SlowStore : IReportStore
    {
        public List<TaskCompletionSource<bool>> Writes { get; } = [];

        public Task<StoreOutcome> StoreAsync(IncomingReport report) => throw new NotSupportedException();

        public Task<bool> CanStoreAsync()
        {
            Writes.Add(new TaskCompletionSource<bool>());
            return Writes[^1].Task;
        }
    }
}
