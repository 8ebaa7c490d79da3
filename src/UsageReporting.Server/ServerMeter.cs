namespace UsageReporting.Server;

/// <summary>
/// The one meter of the server. Its tags are names of products and words of this code: few, and nothing that came with a
/// request. Instruments count in <see cref="long"/> and measure in <see cref="double"/>.
/// </summary>
internal static class ServerMeter
{
    public const string Name = "UsageReporting.Server";
}
