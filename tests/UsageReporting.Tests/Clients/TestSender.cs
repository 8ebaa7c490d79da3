using System.Text.Json.Nodes;
using UsageReporting.Core.Identity;

namespace UsageReporting.Tests.Clients;

/// <summary>Who reports, without a reporter.</summary>
internal static class TestSender
{
    /// <summary>An installation whose id is kept.</summary>
    public static Sender Kept { get; } = new(
        new InstallationId(Paperless.Id, IdOrigin.Kept),
        Secret: null,
        IdOrigin.Drawn,
        Nonce: null,
        new Dictionary<string, JsonNode>());
}
