using Microsoft.Extensions.Primitives;

namespace UsageReporting.Server.Ingest;

/// <summary>One <c>gzip</c> or nothing; <c>identity</c> is nothing (RFC 9110, 8.4).</summary>
internal static class ContentCodingRule
{
    public static ContentCoding Read(StringValues contentEncoding) => contentEncoding.Count switch
    {
        0 => ContentCoding.None,
        1 when Is(contentEncoding, "identity") => ContentCoding.None,
        1 when Is(contentEncoding, "gzip") => ContentCoding.Gzip,
        _ => ContentCoding.Other,
    };

    private static bool Is(StringValues contentEncoding, string coding) =>
        contentEncoding[0].AsSpan().Trim(" \t").Equals(coding, StringComparison.OrdinalIgnoreCase);
}
