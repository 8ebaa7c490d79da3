using System.Security.Cryptography;

namespace UsageReporting.Server.Ingest;

/// <summary>The SHA-256 of a report's bytes, by which the same report is known again.</summary>
internal static class ReportHash
{
    // Of each thread one: to make what hashes takes a fifth of the time that a report's few hundred bytes take.
    [ThreadStatic]
    private static IncrementalHash? s_sha256;

    public static byte[] Of(ReadOnlySpan<byte> report)
    {
        s_sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        s_sha256.AppendData(report);
        return s_sha256.GetHashAndReset();
    }
}
