using System.Buffers.Binary;
using System.Security.Cryptography;

namespace UsageReporting.Server.Access;

/// <summary>
/// Knows which installations have sent their share of an hour. It keeps no id: an installation is a hash under a key that is
/// drawn anew each hour, and both are in memory only.
/// </summary>
/// <param name="most">Reports of an installation in an hour of the clock.</param>
/// <param name="time">The clock.</param>
internal sealed class InstallationGate(int most, TimeProvider time)
{
    private const int KeyBytes = 32;

    private readonly Lock _lock = new();
    private readonly byte[] _key = new byte[KeyBytes];
    private readonly Dictionary<ulong, int> _reports = [];
    private long _hour = -1;

    /// <summary>Counts a report, or says how long its installation has to wait; what is refused is not counted.</summary>
    public TimeSpan? Enter(ReadOnlySpan<byte> id)
    {
        long now = time.GetUtcNow().UtcTicks;
        lock (_lock)
        {
            BeginHour(now / TimeSpan.TicksPerHour);
            ulong installation = KeyOf(id);
            int before = _reports.GetValueOrDefault(installation);
            if (before >= most)
            {
                return TimeSpan.FromTicks(TimeSpan.TicksPerHour - (now % TimeSpan.TicksPerHour));
            }

            // Of more than these the window takes one report each, which is less than this would allow.
            if (before > 0 || _reports.Count < ServerLimits.Installations)
            {
                _reports[installation] = before + 1;
            }

            return null;
        }
    }

    private void BeginHour(long hour)
    {
        if (hour != _hour)
        {
            _hour = hour;
            RandomNumberGenerator.Fill(_key);
            _reports.Clear();
        }
    }

    private ulong KeyOf(ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, id, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
