using System.Buffers.Binary;
using System.IO.Compression;

namespace UsageReporting.Server.Ingest.Gzip;

/// <summary>
/// Unwraps exactly one whole gzip member (RFC 1952). <see cref="GZipStream"/> accepts a truncated one, several, and
/// bytes behind them; here the member is taken apart, and its last compressed byte must be the last one that is needed.
/// </summary>
internal static class GzipMember
{
    private const int TrailerLength = 8;

    /// <summary>Decompresses as much as there is room for.</summary>
    /// <returns>How many bytes were written; null when the input is not such a member.</returns>
    public static int? TryInflate(ReadOnlyMemory<byte> member, Span<byte> output)
    {
        int header = GzipHeader.LengthOf(member.Span);
        if (header < 0 || member.Length < header + 1 + TrailerLength)
        {
            return null;
        }

        OneByteBehind deflated = new(member[header..^TrailerLength]);
        int length = Inflate(deflated, output);
        if (length < 0 || length == output.Length)
        {
            // Broken, or there may be more: nobody wants to know how much.
            return length < 0 ? null : length;
        }

        ReadOnlySpan<byte> trailer = member.Span[^TrailerLength..];
        bool isWhole = deflated.EndsWithItsLastByte
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == Crc32.Of(output[..length])
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == (uint)length;
        return isWhole ? length : null;
    }

    private static int Inflate(OneByteBehind deflated, Span<byte> output)
    {
        using DeflateStream inflater = new(deflated, CompressionMode.Decompress);
        try
        {
            return inflater.ReadAtLeast(output, output.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return -1;
        }
    }
}
