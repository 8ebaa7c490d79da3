using System.Net;
using Microsoft.Extensions.Logging;
using UsageReporting.Server.Access;

namespace UsageReporting.Server.Operators;

/// <summary>
/// Counts the wrong keys that a network shows to sign in, whatever else is limited, and those of this machine as if it were one: whoever
/// comes through a proxy on it that says nothing looks as if they sat here.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears that somebody tries, once a minute at most, and not who.</param>
internal sealed class WrongKeys(TimeProvider time, ILogger<WrongKeys> logger)
{
    private readonly RateGate _told = new(1, TimeSpan.FromMinutes(1), time);
    private readonly RateGate _networks = new(ServerLimits.WrongKeysPerMinute, TimeSpan.FromMinutes(1), time);

    /// <summary>How long a network has to wait before it may show another one; null for not at all.</summary>
    public TimeSpan? Look(IPAddress? address)
    {
        Span<byte> network = stackalloc byte[Network.MostBytes];
        return _networks.Look(Network.TryOf(address, ref network) ? network : []);
    }

    /// <summary>Counts one.</summary>
    public void Note(IPAddress? address)
    {
        Span<byte> network = stackalloc byte[Network.MostBytes];
        _networks.Enter(Network.TryOf(address, ref network) ? network : []);
        if (_told.Enter([]) is null)
        {
            Log.WrongKey(logger);
        }
    }
}
