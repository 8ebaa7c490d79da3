using System.Net;

namespace UsageReporting.Server.Access;

/// <summary>
/// Knows which networks send more than their share. It keeps no address: a network is a hash under a key that is drawn
/// anew each day, and both are in memory only.
/// </summary>
internal sealed class NetworkGate
{
    private readonly int _mostNew;
    private readonly int? _mostReports;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly SenderHash _hash = new();
    private readonly Dictionary<ulong, (int Reports, int New)> _networks = [];
    private DateOnly _day;

    /// <param name="mostNew">New installations of a network and day that are believed at once.</param>
    /// <param name="mostReports">Reports of a network and day that are taken at all; null for any number.</param>
    /// <param name="time">The clock.</param>
    public NetworkGate(int mostNew, int? mostReports, TimeProvider time)
    {
        _mostNew = mostNew;
        _mostReports = mostReports;
        _time = time;
    }

    /// <summary>
    /// Lets a report in. A place among the network's new installations is taken before it is known whether it is needed, so
    /// that a thousand reports at the same moment get no more places than one after another.
    /// </summary>
    public NetworkPass Enter(IPAddress? address)
    {
        Span<byte> network = stackalloc byte[Network.MostBytes];
        if (!Network.TryOf(address, ref network))
        {
            return NetworkPass.OfNoNetwork;
        }

        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock)
        {
            DateOnly day = Today(now);
            ulong key = _hash.Of(network);
            if (!_networks.TryGetValue(key, out (int Reports, int New) so) && _networks.Count >= ServerLimits.Networks)
            {
                // Nobody has so many neighbours: whoever comes now waits to be seen again.
                return new NetworkPass(key, day, IsBusy: true, HasPlace: false, RefusedFor: null);
            }

            if (so.Reports >= _mostReports)
            {
                TimeSpan untilTomorrow = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
                return new NetworkPass(key, day, IsBusy: true, HasPlace: false, untilTomorrow);
            }

            bool hasPlace = so.New < _mostNew;
            _networks[key] = (so.Reports + 1, hasPlace ? so.New + 1 : so.New);
            return new NetworkPass(key, day, !hasPlace, hasPlace, RefusedFor: null);
        }
    }

    /// <summary>Gives the place back that a report did not need: its installation was known, or it was not stored.</summary>
    public void GiveBack(NetworkPass pass)
    {
        if (!pass.HasPlace)
        {
            return;
        }

        lock (_lock)
        {
            if (pass.Day == _day && _networks.TryGetValue(pass.Network, out (int Reports, int New) so))
            {
                _networks[pass.Network] = (so.Reports, so.New - 1);
            }
        }
    }

    private DateOnly Today(DateTimeOffset now)
    {
        DateOnly day = DateOnly.FromDateTime(now.UtcDateTime);
        if (day != _day)
        {
            _day = day;
            _hash.Renew();
            _networks.Clear();
        }

        return day;
    }
}
