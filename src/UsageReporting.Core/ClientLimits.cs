namespace UsageReporting.Core;

/// <summary>How long and how large things may be in a host application. All limits of the client, each with its reason.</summary>
internal static class ClientLimits
{
    /// <summary>A collector that takes longer costs its own fields; a person is waiting for the preview.</summary>
    public static readonly TimeSpan CollectorTime = TimeSpan.FromSeconds(5);

    /// <summary>Our own files; the history is the largest. What is larger is not ours and is not read.</summary>
    public const int StateFileBytes = 2 * 1_024 * 1_024;

    /// <summary>The reports of several years, and small enough to be rewritten whole.</summary>
    public const int HistoryCharacters = 1_024 * 1_024;

    /// <summary>What a narrow terminal shows in one line.</summary>
    public const int TextWidth = 70;
}
