using NUnit.Framework;

namespace UsageReporting.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 18, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Advance_SeveralTimers_FireInOrderAtTheirTimes()
    {
        ManualTimeProvider time = new(Start);
        List<string> fired = [];
        using ITimer late = time.CreateTimer(_ => Note("late"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using ITimer early = time.CreateTimer(_ => Note("early"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using ITimer often = time.CreateTimer(_ => Note("often"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        time.Advance(TimeSpan.FromSeconds(3.5));

        Assert.That(fired, Is.EqualTo(new[] { "early at 1", "often at 1", "late at 3", "often at 3" }));
        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddSeconds(3.5)));

        void Note(string name) => fired.Add($"{name} at {(time.GetUtcNow() - Start).TotalSeconds}");
    }

    [Test]
    public void Advance_TimerSetByATimer_FiresInTheSameRun()
    {
        ManualTimeProvider time = new(Start);
        ITimer? second = null;
        bool fired = false;
        using ITimer first = time.CreateTimer(
            _ => second = time.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan),
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(fired, Is.True);
        second?.Dispose();
    }

    [Test]
    public void Advance_DisposedTimer_DoesNotFire()
    {
        ManualTimeProvider time = new(Start);
        time.CreateTimer(_ => Assert.Fail("It fired."), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).Dispose();

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(time.WaitingTimers, Is.Zero);
    }

    [Test]
    public async Task Advance_TaskDelay_Completes()
    {
        ManualTimeProvider time = new(Start);
        Task delay = Task.Delay(TimeSpan.FromHours(1), time);

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.That(delay.IsCompleted, Is.False);

        time.Advance(TimeSpan.FromMinutes(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public void SetUtcNow_Later_FiresWhatIsDue()
    {
        ManualTimeProvider time = new(Start);
        using CancellationTokenSource source = new(TimeSpan.FromSeconds(10), time);

        time.SetUtcNow(Start.AddSeconds(10));

        Assert.That(source.IsCancellationRequested, Is.True);
        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddSeconds(10)));
    }

    [Test]
    public void SetUtcNow_Earlier_PutsTheClockBackAndNotTheStopwatch()
    {
        ManualTimeProvider time = new(Start);
        using CancellationTokenSource source = new(TimeSpan.FromSeconds(10), time);
        long timestamp = time.GetTimestamp();

        time.SetUtcNow(Start.AddDays(-1));
        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddDays(-1)));

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(time.GetElapsedTime(timestamp), Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(source.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Advance_FromManyThreads_LosesNoTime()
    {
        ManualTimeProvider time = new(Start);
        int fired = 0;
        using ITimer timer = time.CreateTimer(
            _ => Interlocked.Increment(ref fired), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        Parallel.For(0, 1_000, _ => time.Advance(TimeSpan.FromSeconds(1)));

        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddSeconds(1_000)));
        Assert.That(fired, Is.EqualTo(1_000));
    }
}
