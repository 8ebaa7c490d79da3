namespace UsageReporting.Testing;

/// <summary>A timer of <see cref="ManualTimeProvider"/>.</summary>
internal sealed class ManualTimer(ManualTimeProvider time, Action callback) : ITimer
{
    private volatile bool _isDisposed;

    /// <summary>When it fires, counted from the clock's start.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>Decides between timers that are due at the same time: who was set first fires first.</summary>
    public long Number { get; set; }

    public TimeSpan Period { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
        {
            return false;
        }

        Period = period;
        time.Schedule(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (!_isDisposed)
        {
            callback();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        time.Schedule(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
