using System.Security.Cryptography;
using System.Text;

namespace UsageReporting.Core.Identity;

/// <summary>
/// What is made of the local secret for one period. Whoever does not have the secret cannot tell that two of these belong
/// together.
/// </summary>
internal static class RotatingId
{
    private const int IdBytes = 16;

    /// <summary>The id: a UUID of version 8 (RFC 9562, 5.8) of the HMAC-SHA256 of product and period.</summary>
    public static string Of(string secret, string product, string period)
    {
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Convert.FromHexString(secret), Encoding.UTF8.GetBytes(product + period), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..IdBytes], bigEndian: true).ToString("D");
    }

    /// <summary>The secret that erases the period's report.</summary>
    public static byte[] ErasureSecretOf(string secret, string period) =>
        HMACSHA256.HashData(Convert.FromHexString(secret), Encoding.UTF8.GetBytes("erase" + period));
}
