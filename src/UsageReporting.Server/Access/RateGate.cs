using System.Net;

namespace UsageReporting.Server.Access;

/// <summary>
/// Lets so many requests of each sender in per window of time, where that is limited. Who they are it does not keep: a sender is
/// a hash under a key that is drawn anew for each window, and both are in memory only.
/// </summary>
/// <param name="most">How many of a sender and window; null for any number.</param>
/// <param name="window">How long a window is; windows begin at whole multiples of it.</param>
/// <param name="time">The clock.</param>
internal sealed class RateGate(int? most, TimeSpan window, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SenderHash _hash = new();
    private readonly Dictionary<ulong, int> _senders = [];
    private long _window = -1;

    /// <summary>Counts a request of a network; one of none is let in.</summary>
    /// <returns>How long the sender has to wait; null if it is let in.</returns>
    public TimeSpan? Enter(IPAddress? address)
    {
        Span<byte> network = stackalloc byte[Network.MostBytes];
        return most is not null && Network.TryOf(address, ref network) ? Enter(network) : null;
    }

    /// <summary>Whether a network has sent what it may, without counting.</summary>
    /// <returns>How long it has to wait; null if it would be let in.</returns>
    public TimeSpan? Look(IPAddress? address)
    {
        Span<byte> network = stackalloc byte[Network.MostBytes];
        return most is not null && Network.TryOf(address, ref network) ? Look(network) : null;
    }

    /// <summary>Whether a sender has sent what they may, without counting.</summary>
    /// <returns>How long they have to wait; null if they would be let in.</returns>
    public TimeSpan? Look(ReadOnlySpan<byte> sender) => Enter(sender, isCounted: false);

    /// <summary>Counts a request.</summary>
    /// <returns>How long the sender has to wait; null if it is let in.</returns>
    public TimeSpan? Enter(ReadOnlySpan<byte> sender) => Enter(sender, isCounted: true);

    private TimeSpan? Enter(ReadOnlySpan<byte> sender, bool isCounted)
    {
        if (most is null)
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            Begin(now.UtcTicks / window.Ticks);
            ulong key = _hash.Of(sender);
            int before = _senders.GetValueOrDefault(key);
            if (before >= most)
            {
                return TimeSpan.FromTicks(((_window + 1) * window.Ticks) - now.UtcTicks);
            }

            // In a crowd that no table holds, who comes last is not counted: it is not they who send too much.
            if (isCounted && (before > 0 || _senders.Count < ServerLimits.CountedSenders))
            {
                _senders[key] = before + 1;
            }

            return null;
        }
    }

    private void Begin(long number)
    {
        if (number != _window)
        {
            _window = number;
            _hash.Renew();
            _senders.Clear();
        }
    }
}
