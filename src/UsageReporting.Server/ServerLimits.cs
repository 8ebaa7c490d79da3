namespace UsageReporting.Server;

/// <summary>All limits of the server, each with its reason.</summary>
internal static class ServerLimits
{
    /// <summary>Objects and arrays within one another; the schema allows names of four parts.</summary>
    public const int Depth = 4;

    /// <summary>No kind of field allows a longer string, so that a longer one is not looked at.</summary>
    public const int TextLength = 256;

    /// <summary>Entries of one set, counts or versions value: as many as the schema allows a client to send.</summary>
    public const int Entries = 512;

    /// <summary>An error sentence lists the words of a vocabulary up to this many, and otherwise names the schema.</summary>
    public const int ListedWords = 40;

    /// <summary>What gzip may add to bytes that cannot be compressed: its header, a file name, block headers.</summary>
    public const int GzipOverhead = 1_024;

    /// <summary>Reports that wait to be written: a fraction of a second's work. More would only wait longer.</summary>
    public const int WaitingWrites = 1_024;

    /// <summary>Reports in one transaction: enough to share a flush widely, few enough to answer soon.</summary>
    public const int BatchSize = 512;

    /// <summary>How long a write waits for a lock that another process holds. Callers wait with it.</summary>
    public const int BusyMilliseconds = 1_000;

    /// <summary>When to come back if nothing can be stored: a full disk is not emptied within a second.</summary>
    public static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(30);
}
