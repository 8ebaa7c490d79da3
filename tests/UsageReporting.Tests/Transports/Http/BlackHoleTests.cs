using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Transports.Http;

/// <summary>What many attempts leave in a process, whose endpoint lets no connection come about.</summary>
[NonParallelizable] // Open files, memory and unobserved exceptions are the process's.
[Platform("Linux", Reason = "Open files are counted in /proc.")]
public sealed class BlackHoleTests
{
    private const int Attempts = 100;

    [Test, Property("Case", 115)]
    public async Task DeliverAsync_BlackHoleTimeAndAgain_LeavesNothingBehind()
    {
        using BlackHole hole = new();
        using TemporaryFolder folder = new();
        using TestClient client = new(folder.Combine("state")) { Add = builder => builder.AddHttpSink(hole.Endpoint.AbsoluteUri) };
        IReportSink sink = client.Services.GetRequiredService<IReportSink>();
        await DeliverAsync(sink, client.Time);
        (int files, long memory) = (OpenFiles(), Memory());
        int unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs e) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            for (int i = 0; i < Attempts; i++)
            {
                await DeliverAsync(sink, client.Time);
            }

            // The runtime lets a connection go on for five seconds of its own after nobody waits for it any more.
            Assert.That(
                () => OpenFiles() - files, Is.LessThan(Attempts / 10).After(30_000, 100), "a connection each would stay open");
            Assert.That(Memory() - memory, Is.LessThan(Attempts * 10_000), "a client each would have some ten kilobytes");
            Assert.That(unobserved, Is.Zero);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }
    }

    private static async Task DeliverAsync(IReportSink sink, ManualTimeProvider time)
    {
        int timers = time.WaitingTimers;
        Task<DeliveryResult> attempt = sink.DeliverAsync(
            new ReportDelivery("{}"u8.ToArray(), IsRepeat: false, TimeSpan.FromDays(7)), CancellationToken.None).AsTask();
        Assert.That(time.WaitingTimers, Is.GreaterThan(timers));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(
            await attempt.WaitAsync(TimeSpan.FromSeconds(20)),
            Is.EqualTo(new DeliveryResult.Unreachable("time-out", MaybeReceived: false)));
    }

    private static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    // What a collection finds is told of by finalizers, whose own remains are found by the next.
    private static long Memory()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
