using System.Buffers.Binary;
using System.IO.Compression;

namespace UsageReporting.Tests.Server.Ingest;

/// <summary>
/// One whole gzip member by other means than the code under test: what the framework makes of the bytes counts only if
/// the length in the trailer is that of the content, which two members, a cut and bytes behind it cannot have.
/// </summary>
internal static class SlowGzip
{
    public static byte[]? Read(byte[] bytes)
    {
        byte[]? content = Inflate(bytes);
        if (content is null || bytes.Length < 18
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4)) != (uint)content.Length)
        {
            return null;
        }

        return content;
    }

    private static byte[]? Inflate(byte[] bytes)
    {
        try
        {
            using GZipStream gzip = new(new MemoryStream(bytes), CompressionMode.Decompress);
            using MemoryStream content = new();
            gzip.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
