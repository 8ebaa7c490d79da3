namespace UsageReporting.Core;

/// <summary>How long and how large things may be in a host application. All limits of the client, each with its reason.</summary>
internal static class ClientLimits
{
    /// <summary>A collector that takes longer costs its own fields; a person is waiting for the preview.</summary>
    public static readonly TimeSpan CollectorTime = TimeSpan.FromSeconds(5);

    /// <summary>A sink that takes longer has no answer; ours have shorter time-outs.</summary>
    public static readonly TimeSpan SinkTime = TimeSpan.FromSeconds(60);

    /// <summary>A store of documents that takes longer has failed: a disk or a database that hangs must not hang the host.</summary>
    public static readonly TimeSpan StateTime = TimeSpan.FromSeconds(10);

    /// <summary>Others hold the folder for some milliseconds; one that holds it longer was stopped.</summary>
    public static readonly TimeSpan LockWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a file takes to be written, about.</summary>
    public static readonly TimeSpan LockLook = TimeSpan.FromMilliseconds(5);

    /// <summary>Each failed attempt is another process's successful one; so many at once there are not.</summary>
    public const int StateAttempts = 64;

    /// <summary>How often a person is asked again because another process was first. That there is one such is rare.</summary>
    public const int Rounds = 3;

    /// <summary>Our own files; the history is the largest. What is larger is not ours and is not read.</summary>
    public const int StateFileBytes = 2 * 1_024 * 1_024;

    /// <summary>The reports of several years, and small enough to be rewritten whole.</summary>
    public const int HistoryCharacters = 1_024 * 1_024;

    /// <summary>What a collector may say that it left out; a person reads the first of them.</summary>
    public const int LeftOutEntries = 512;

    /// <summary>How many of these a person reads.</summary>
    public const int ShownEntries = 8;

    /// <summary>How long one of these is on a terminal.</summary>
    public const int ShownEntryLength = 64;

    /// <summary>How often a person may look at the report of another level before they answer.</summary>
    public const int LevelChoices = 16;

    /// <summary>What a narrow terminal shows in one line.</summary>
    public const int TextWidth = 70;
}
