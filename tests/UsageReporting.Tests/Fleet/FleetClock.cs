using System.Threading.Channels;

namespace UsageReporting.Tests.Fleet;

/// <summary>
/// The clock of the application's machine. It runs with the true time and can be set, which no timer notices; and it knows
/// what is waited for, so that the time is driven no faster than the application works.
/// </summary>
internal sealed class FleetClock(ManualTimeProvider time) : TimeProvider
{
    // What others may take until they are given up. It must not pass while they work.
    private static readonly TimeSpan[] Limits = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)];

    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>How far it is ahead of the true time.</summary>
    public TimeSpan Ahead { get; set; }

    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("Europe/Berlin", TimeSpan.FromHours(1), displayName: null, standardDisplayName: null);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = time.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until something waits for each of these, and passes shorter waits on the way: between attempts, for a lock.</summary>
    public async Task UntilWaitingForAsync(params IEnumerable<TimeSpan> waits)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromMinutes(1));
        List<TimeSpan> awaited = [.. waits];
        while (awaited.Count > 0)
        {
            TimeSpan wait = await _waits.Reader.ReadAsync(bound.Token);
            if (!awaited.Remove(wait) && wait < Limits[^1] && !Limits.Contains(wait))
            {
                time.Advance(wait);
            }
        }
    }
}
