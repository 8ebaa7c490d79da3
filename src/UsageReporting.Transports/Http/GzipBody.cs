using System.IO.Compression;

namespace UsageReporting.Transports.Http;

/// <summary>Makes large reports smaller on their way; what is shown and kept are the bytes themselves.</summary>
internal static class GzipBody
{
    // RFC 1952, 2.3.1: the header's tenth byte names the operating system; 255 is "unknown".
    private const int System = 9;
    private const byte UnknownSystem = 255;

    /// <summary>The report as one gzip member; null where it is small, or gzip gains nothing.</summary>
    public static byte[]? Of(ReadOnlySpan<byte> report)
    {
        if (report.Length <= HttpSinkLimits.PlainBytes)
        {
            return null;
        }

        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(report);
        }

        byte[] body = packed.ToArray();

        // Nobody was shown the operating system, unless the report has it.
        body[System] = UnknownSystem;
        return body.Length < report.Length ? body : null;
    }
}
