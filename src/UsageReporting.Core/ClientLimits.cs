namespace UsageReporting.Core;

/// <summary>How long and how large things may be in a host application. All limits of the client, each with its reason.</summary>
internal static class ClientLimits
{
    /// <summary>A collector that takes longer costs its own fields; a person is waiting for the preview.</summary>
    public static readonly TimeSpan CollectorTime = TimeSpan.FromSeconds(5);

    /// <summary>Our own files: the largest report, doubled by escapes, and what stands beside it.</summary>
    public const int StateFileBytes = 256 * 1_024;

    /// <summary>What a narrow terminal shows in one line.</summary>
    public const int TextWidth = 70;
}
