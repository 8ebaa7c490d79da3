using UsageReporting.Testing;

namespace UsageReporting;

/// <summary>
/// A clock that stands still until it is driven. Timers fire while it is driven, on the driving thread, in the order in
/// which they are due, each seeing the time at which it is due.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _start;
    private TimeSpan _elapsed;

    // Where all who drive the clock together want it; it is ahead of the time that has passed while timers fire.
    private TimeSpan _target;
    private long _lastNumber;

    /// <summary>A clock that stands at a time.</summary>
    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>A clock that stands at 2026-05-18T12:00:00Z.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers wait: a test that needs code to be waiting can wait for this.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _start + _elapsed;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _elapsed.Ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Drives the clock forward.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan end;
        lock (_lock)
        {
            end = _target += by;
        }

        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Drives the clock forward to a time, or puts it back. Timers do not notice a clock that is put back, as on a real
    /// machine.
    /// </summary>
    public void SetUtcNow(DateTimeOffset now)
    {
        TimeSpan by = now - GetUtcNow();
        if (by >= TimeSpan.Zero)
        {
            Advance(by);
            return;
        }

        lock (_lock)
        {
            _start += by;
        }
    }

    internal void Schedule(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _elapsed + dueTime;
                timer.Number = ++_lastNumber;
                _timers.Add(timer);
            }
        }
    }

    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (_lock)
        {
            ManualTimer? next = _timers.Where(t => t.Due <= end).MinBy(t => (t.Due, t.Number));
            TimeSpan reached = next?.Due ?? end;
            _elapsed = reached > _elapsed ? reached : _elapsed;
            if (next is not null)
            {
                _timers.Remove(next);
                if (next.Period > TimeSpan.Zero)
                {
                    Schedule(next, next.Period);
                }
            }

            return next;
        }
    }
}
