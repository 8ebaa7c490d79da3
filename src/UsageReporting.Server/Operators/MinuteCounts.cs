namespace UsageReporting.Server.Operators;

/// <summary>Counts something, altogether and of the last hour.</summary>
internal sealed class MinuteCounts
{
    private const int Minutes = 60;

    private readonly Lock _lock = new();
    private readonly long[] _ofMinute = new long[Minutes];
    private long _minute;
    private long _total;

    public void Add(long count, DateTimeOffset now)
    {
        lock (_lock)
        {
            GoOn(now);
            _ofMinute[_minute % Minutes] += count;
            _total += count;
        }
    }

    /// <summary>How many there were, and how many of them in this minute and the 59 before it.</summary>
    public (long Total, long LastHour) Read(DateTimeOffset now)
    {
        lock (_lock)
        {
            GoOn(now);
            return (_total, _ofMinute.Sum());
        }
    }

    // A clock that is set back counts on in the minute that it had reached.
    private void GoOn(DateTimeOffset now)
    {
        long minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        for (long passed = Math.Max(_minute + 1, minute - Minutes + 1); passed <= minute; passed++)
        {
            _ofMinute[passed % Minutes] = 0;
        }

        _minute = Math.Max(_minute, minute);
    }
}
