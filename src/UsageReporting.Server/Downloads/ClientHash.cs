using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace UsageReporting.Server.Downloads;

/// <summary>
/// Knows a client's install again without keeping who it was: a hash under a key that is drawn anew each day and lives in
/// memory only. Once the key is gone no list of all addresses helps to tell whose a stored hash was; an install that is
/// notified again after a restart of the server counts again.
/// </summary>
internal sealed class ClientHash
{
    private const int AddressBytes = 16;

    // Of an IPv6 address the network: whoever has one may have any of its addresses, and changes them every day.
    private const int NetworkBytes = 8;

    private const int Day = 86_400;

    private readonly Lock _lock = new();
    private long _day = long.MinValue;
    private byte[] _key = [];

    /// <summary>A key for a client's installs in a bucket.</summary>
    /// <param name="bucket">When the bucket began, in Unix seconds.</param>
    /// <param name="address">The client's address, if the connection has one; of IPv6 its /64 counts.</param>
    /// <param name="userAgent">What it calls itself.</param>
    public byte[] Of(long bucket, IPAddress? address, string userAgent)
    {
        byte[] client = new byte[AddressBytes + Encoding.UTF8.GetByteCount(userAgent)];
        WriteAddress(address, client.AsSpan(0, AddressBytes));
        Encoding.UTF8.GetBytes(userAgent, client.AsSpan(AddressBytes));
        return HMACSHA256.HashData(KeyOf(bucket / Day), client);
    }

    /// <summary>The hash of one install.</summary>
    /// <param name="client">What <see cref="Of"/> gave.</param>
    /// <param name="package">The package, in which there is no space.</param>
    /// <param name="version">Its version.</param>
    public static UInt128 OfInstall(ReadOnlySpan<byte> client, string package, string version)
    {
        Span<byte> install = stackalloc byte[(2 * ServerLimits.PackageText) + 1];
        int length = Encoding.ASCII.GetBytes(package, install);
        install[length++] = (byte)' ';
        length += Encoding.ASCII.GetBytes(version, install[length..]);

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(client, install[..length], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static void WriteAddress(IPAddress? address, Span<byte> bytes)
    {
        address?.MapToIPv6().TryWriteBytes(bytes, out _);
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            bytes[NetworkBytes..].Clear();
        }
    }

    private byte[] KeyOf(long day)
    {
        lock (_lock)
        {
            // A request that came just before midnight may ask just after one that came later.
            if (day != _day && day != _day - 1)
            {
                _day = day;
                _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
            }

            return _key;
        }
    }
}
