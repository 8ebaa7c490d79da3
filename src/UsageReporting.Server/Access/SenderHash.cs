using System.Buffers.Binary;
using System.Security.Cryptography;

namespace UsageReporting.Server.Access;

/// <summary>
/// What a table knows senders by: a hash under a key that is in memory only, and drawn anew whenever the table begins anew, so
/// that nobody can be followed from one to the next.
/// </summary>
internal sealed class SenderHash
{
    private const int KeyBytes = 32;

    private readonly byte[] _key = new byte[KeyBytes];

    public void Renew() => RandomNumberGenerator.Fill(_key);

    public ulong Of(ReadOnlySpan<byte> sender)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, sender, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
