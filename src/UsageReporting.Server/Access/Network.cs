using System.Net;
using System.Net.Sockets;

namespace UsageReporting.Server.Access;

/// <summary>The network that an address is in: of IPv4 the /24, of IPv6 the /48. Of IPv6 whoever has one has all of its addresses; of IPv4 it is a neighbourhood.</summary>
internal static class Network
{
    /// <summary>The most bytes that a network has.</summary>
    public const int MostBytes = Version6Bytes;

    private const int Version4Bytes = 3;
    private const int Version6Bytes = 6;

    /// <summary>The bytes of the network; false where there is none.</summary>
    /// <param name="address">The address.</param>
    /// <param name="network">As many bytes as <see cref="MostBytes"/> says, cut to what the network has.</param>
    public static bool TryOf(IPAddress? address, ref Span<byte> network)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        // A proxy that nobody named, a test: loopback is no network.
        if (address is null || IPAddress.IsLoopback(address))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        network = network[..(address.AddressFamily == AddressFamily.InterNetwork ? Version4Bytes : Version6Bytes)];
        bytes[..network.Length].CopyTo(network);
        return true;
    }
}
