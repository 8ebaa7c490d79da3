using Microsoft.Extensions.Hosting;
using Moq;
using NUnit.Framework;
using UsageReporting.Server.Health;

namespace UsageReporting.Tests.Server.Health;

public sealed class DrainTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero));

    // A host that stops itself, and not for a signal, says that it is stopping only when this is over.
    [Test]
    public async Task StoppingAsync_HostStoppedWithoutASignal_SaysSoForItsTime()
    {
        Drain drain = new(Mock.Of<IHostApplicationLifetime>(), TimeSpan.FromSeconds(5), _time);
        Assert.That(drain.Look(), Is.False);

        Task stopping = drain.StoppingAsync(CancellationToken.None);

        Assert.That(drain.Look(), Is.True);
        Assert.That(stopping.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(5));
        await stopping;
    }
}
