namespace UsageReporting.Core;

/// <summary>How long and how large things may be in a host application. All limits of the client, each with its reason.</summary>
internal static class ClientLimits
{
    /// <summary>A collector that takes longer costs its own fields; a person is waiting for the preview.</summary>
    public static readonly TimeSpan CollectorTime = TimeSpan.FromSeconds(5);

    /// <summary>A sink that takes longer has no answer; ours have shorter time-outs.</summary>
    public static readonly TimeSpan SinkTime = TimeSpan.FromSeconds(70);

    /// <summary>Seconds: a slow line needs as much for one answer.</summary>
    public const int LeastTimeout = 5;

    /// <summary>Seconds: what a run may take as a whole.</summary>
    public const int MostTimeout = 60;

    /// <summary>Those that do not fit into the time of a run are left out.</summary>
    public const int MostRetries = 10;

    /// <summary>What was counted a month ago is the oldest that anybody wants to know.</summary>
    public const int MostIntervalDays = 30;

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

    /// <summary>How long what was counted stays in memory only: what a kill may cost.</summary>
    public static readonly TimeSpan TallyPeriod = TimeSpan.FromSeconds(10);

    /// <summary>How long a process that ends waits for what it counted to be written.</summary>
    public static readonly TimeSpan TallyExitTime = TimeSpan.FromSeconds(2);

    /// <summary>Words that a product counts; a report could not hold more.</summary>
    public const int TallyWords = 512;

    /// <summary>
    /// Files of tallies: processes have one each until there are more than these. With the longest names for all words one
    /// has 64 KB, so that all together have a megabyte at most.
    /// </summary>
    public const int TallyFiles = 16;

    /// <summary>The largest integer that every JSON reader holds exactly.</summary>
    public const long LargestTally = (1L << 53) - 1;

    /// <summary>What a collector may say that it left out; a person reads the first of them.</summary>
    public const int LeftOutEntries = 512;

    /// <summary>How many of these a person reads.</summary>
    public const int ShownEntries = 8;

    /// <summary>How long one of these is on a terminal.</summary>
    public const int ShownEntryLength = 64;

    /// <summary>How often a person may look at the report of another level before they answer.</summary>
    public const int LevelChoices = 16;

    /// <summary>
    /// What the end of a short program waits for the network, where a report is being sent: what nobody notices. A report
    /// that takes longer goes beside the next run.
    /// </summary>
    public static readonly TimeSpan ExitSend = TimeSpan.FromMilliseconds(15);

    /// <summary>
    /// What the end of a short program waits until a report is composed and frozen, once in a window: collectors and a file,
    /// no network.
    /// </summary>
    public static readonly TimeSpan ExitFreeze = TimeSpan.FromMilliseconds(500);

    /// <summary>What is added to the time at which a report is due, so that a clock that is a little slow is not refused.</summary>
    public static readonly TimeSpan DueMargin = TimeSpan.FromMinutes(10);

    /// <summary>A due time that is further off than a window and this was noted by a clock that was wrong.</summary>
    public static readonly TimeSpan DueAtMost = TimeSpan.FromDays(31);

    /// <summary>A host that has just started is busy, and what it reports may not be known yet.</summary>
    public static readonly TimeSpan FirstCheck = TimeSpan.FromMinutes(5);

    /// <summary>An installation that is on for an hour a day reports, too.</summary>
    public static readonly TimeSpan LaterChecks = TimeSpan.FromHours(1);

    /// <summary>Two runs a day, each with three more attempts unless set otherwise, are eight attempts.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromHours(12);

    /// <summary>How long a run takes, with all its attempts and the waits between them.</summary>
    public static readonly TimeSpan RunTime = TimeSpan.FromSeconds(60);

    /// <summary>An endpoint that asks for more has made a mistake.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(30);

    /// <summary>How far back a server may have reports, whatever is known here of what was sent: two months and a little.</summary>
    public const int WeeksStored = 10;

    /// <summary>How long an endpoint that did not answer is left alone before it is asked again to erase.</summary>
    public static readonly TimeSpan ErasureAgain = TimeSpan.FromHours(1);

    /// <summary>And how long at most, as a server that has no place for such requests will not have one tomorrow.</summary>
    public static readonly TimeSpan ErasureAgainAtMost = TimeSpan.FromDays(1);

    /// <summary>How long an erasure is asked for: our own server deletes reports when they are two months old.</summary>
    public static readonly TimeSpan ErasureEnds = TimeSpan.FromDays(7 * WeeksStored);

    /// <summary>Published numbers that are older than a month and a half are not the newest that could be: a month's are made at its end.</summary>
    public static readonly TimeSpan NumbersAge = TimeSpan.FromDays(45);

    /// <summary>What a narrow terminal shows in one line.</summary>
    public const int TextWidth = 70;
}
