using Microsoft.Extensions.Logging.Abstractions;
using UsageReporting.Server;
using UsageReporting.Server.Access;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Access;

/// <summary>Key rings over a folder.</summary>
internal static class KeyRings
{
    /// <summary>The keys of a folder.</summary>
    public static UsageKeys KeysIn(TemporaryFolder folder, TimeProvider? time = null) =>
        new(folder.Combine("keys"), time ?? TimeProvider.System);

    /// <summary>A server's, with the products of schemas.</summary>
    public static KeyRing Of(TemporaryFolder folder, string? operatorKey = null, TimeProvider? time = null, params ReadOnlySpan<ReportSchema> schemas) => new(
        operatorKey,
        TestCatalog.Of(folder, schemas),
        KeysIn(folder, time),
        time ?? TimeProvider.System,
        NullLogger<KeyRing>.Instance);
}
