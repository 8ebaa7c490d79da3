using System.Buffers.Binary;

namespace UsageReporting.Server.Ingest.Gzip;

/// <summary>The header of a gzip member (RFC 1952, 2.3): ten bytes and up to four optional parts.</summary>
internal static class GzipHeader
{
    private const int FixedLength = 10;
    private const byte HasHeaderCrc = 0x02;
    private const byte HasExtra = 0x04;
    private const byte HasName = 0x08;
    private const byte HasComment = 0x10;
    private const byte Reserved = 0xE0;

    /// <summary>How long it is; negative when it is none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> member)
    {
        if (member.Length < FixedLength || member is not [0x1F, 0x8B, 8, var flags, ..] || (flags & Reserved) != 0)
        {
            return -1;
        }

        int length = FixedLength;
        if ((flags & HasExtra) != 0)
        {
            length = member.Length < length + 2
                ? -1
                : length + 2 + BinaryPrimitives.ReadUInt16LittleEndian(member[length..]);
        }

        length = (flags & HasName) != 0 ? BehindText(member, length) : length;
        length = (flags & HasComment) != 0 ? BehindText(member, length) : length;
        return length >= 0 && (flags & HasHeaderCrc) != 0 ? length + 2 : length;
    }

    private static int BehindText(ReadOnlySpan<byte> member, int start)
    {
        int length = start < 0 || start >= member.Length ? -1 : member[start..].IndexOf((byte)0);
        return length < 0 ? -1 : start + length + 1;
    }
}
