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

    /// <summary>
    /// Pages that gather in the log before they are moved into the database, 40 MB: a page that many reports touch is
    /// moved once. SQLite's own 1,000 cost a quarter to a third of the reports a second.
    /// </summary>
    public const int LogPages = 10_000;

    /// <summary>How long a write waits for a lock that another process holds. Callers wait with it.</summary>
    public const int BusyMilliseconds = 1_000;

    /// <summary>
    /// How long before it begins and after it ends a period is accepted: clocks differ, and reports that were composed in it
    /// may wait for a network. Longer, and a week could not be closed soon after its end.
    /// </summary>
    public static readonly TimeSpan PeriodEdge = TimeSpan.FromDays(1);

    /// <summary>
    /// Nonces that are forgotten with each new one, once their window is over: more than one, so that they grow fewer.
    /// </summary>
    public const int ForgottenNonces = 2;

    /// <summary>When to come back if nothing can be stored: a full disk is not emptied within a second.</summary>
    public static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(30);

    /// <summary>The ceiling of a schema's <c>maxBytes</c>: the most that a server reads into memory for anybody.</summary>
    public const int LargestReport = 65_536;

    /// <summary>The most of a notification of installs that is read: some hundred times what 100 packages take.</summary>
    public const int NotificationBytes = 1_048_576;

    /// <summary>Entries of a notification that are looked at. Composer names each package once.</summary>
    public const int NotificationEntries = 100;

    /// <summary>
    /// Characters of their names and versions together, behind which no entry is looked at: more than twice what 100 packages
    /// have. They are all that is kept of a notification while it comes.
    /// </summary>
    public const int NotificationText = 8_192;

    /// <summary>The longest value, or gap between two, of a notification. It has to be there as a whole to be read.</summary>
    public const int NotificationToken = 4_096;

    /// <summary>Objects and arrays within one another in a notification, each of which is a bit. Composer's are two.</summary>
    public const int NotificationDepth = 8_192;

    /// <summary>Characters of a package's name, and of a version: branches are long. Longer ones do not count.</summary>
    public const int PackageText = 255;

    /// <summary>Packages in one answer.</summary>
    public const int ListedPackages = 100;

    /// <summary>Installs that one step of a rollup moves: some hundredths of a second, for which reports wait.</summary>
    public const int RollupInstalls = 10_000;

    /// <summary>Notifications that wait to be written: half of all writes, so that reports find room beside them.</summary>
    public const int WaitingNotifications = WaitingWrites / 2;

    /// <summary>
    /// What Composer is kept waiting for the commit, while a person looks on. It takes a millisecond or two; whatever is
    /// not committed by then still waits to be.
    /// </summary>
    public static readonly TimeSpan NotificationPatience = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// And for room among those that wait. There is some at once unless more comes than the disk takes: then some wait, and
    /// the rest is dropped.
    /// </summary>
    public static readonly TimeSpan NotificationRoomWithin = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long the question whether writing works waits for room behind reports. A full queue is no reason to send none here:
    /// who shares them out among servers would send all of them to the others.
    /// </summary>
    public static readonly TimeSpan ReadinessRoomWithin = TimeSpan.FromSeconds(1);

    /// <summary>How often counters are brought up to date: a counted install stands in them within a second.</summary>
    public static readonly TimeSpan RollupEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>And where nothing was installed: the last 30 days pass all the same.</summary>
    public static readonly TimeSpan RollupAtLeastEvery = TimeSpan.FromMinutes(1);

    /// <summary>What "recent" means in counters of installs.</summary>
    public static readonly TimeSpan RecentInstalls = TimeSpan.FromDays(30);

    /// <summary>How long single installs are kept. Counters stay.</summary>
    public static readonly TimeSpan InstallsKept = TimeSpan.FromDays(365);

    /// <summary>Connections at a time. With the bytes below they cost less than 256 MB, whoever holds them open.</summary>
    public const int Connections = 2_000;

    /// <summary>Files beside those of connections: some 210 from the start, and what a crowd has that is still being refused.</summary>
    public const int OtherFiles = 600;

    /// <summary>What is kept of a request that is not read yet. Bodies are read as they come.</summary>
    public const int RequestBuffer = 16_384;

    /// <summary>Nothing that is served here has a path or query as long as this.</summary>
    public const int RequestLine = 4_096;

    /// <summary>A client sends half a dozen headers, a proxy adds as many.</summary>
    public const int RequestHeaders = 32;

    /// <summary>The size of all of them, long tokens of a proxy included.</summary>
    public const int RequestHeaderBytes = 8_192;

    /// <summary>A slower body is held open on purpose: the slowest modem line is five times as fast.</summary>
    public const double BodyBytesPerSecond = 240;

    /// <summary>When a body has to have begun to flow at that rate. A stall of a mobile line is shorter.</summary>
    public static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(5);

    /// <summary>When all headers have to be there, from the first byte on.</summary>
    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be silent between requests: a place among those above is not for keeping.</summary>
    public static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(30);

    /// <summary>What an unfinished request may hold up the end of the process. What was accepted is written anyway.</summary>
    public static readonly TimeSpan ShutdownWithin = TimeSpan.FromSeconds(3);

    /// <summary>How long a server that is told to end may go on: more than any balancer needs, and its next version waits.</summary>
    public static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(5);

    /// <summary>The smallest number that may be published: fewer installations than this may be known to somebody.</summary>
    public const int LeastPublished = 10;

    /// <summary>Values of one field that are kept of a window. A text may have as many as there are installations.</summary>
    public const int RollupValues = 1_000;

    /// <summary>Cells of a table of two fields. To decide what may be told of more would take minutes, and nobody reads them.</summary>
    public const int PairCells = 2_000;

    /// <summary>Versions of one word of a versions field that are kept of a window; what else is in use is <c>other</c>.</summary>
    public const int RollupVersions = 50;

    /// <summary>How often is looked whether numbers are due: a window that closes has them well within 30 seconds.</summary>
    public static readonly TimeSpan RollupsEvery = TimeSpan.FromSeconds(10);

    /// <summary>How long ago a window without reports may be to have numbers all the same: a year of charts has no gaps.</summary>
    public static readonly TimeSpan ZerosFor = TimeSpan.FromDays(366);

    /// <summary>How soon the numbers of a window are made again, if its reports go on changing.</summary>
    public static readonly TimeSpan MadeAgainEvery = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often is looked for what has been kept long enough, which is counted in days. What two looks agree on is deleted;
    /// a server that runs for less deletes nothing.
    /// </summary>
    public static readonly TimeSpan RetentionEvery = TimeSpan.FromHours(1);

    /// <summary>
    /// Reports that come before they are added to what finds them by their installations. The more they are the less one costs, the
    /// longer the commit takes in which it is done, and the more are looked through when an installation is exported or erased.
    /// </summary>
    public const int IndexedTogether = 16_384;

    /// <summary>Rows that are deleted in one transaction, behind which reports wait.</summary>
    public const int DeletedTogether = 500;

    /// <summary>Ids that are read at a time where marks of erased installations are held against everybody: a tenth of a second.</summary>
    public const int ComparedTogether = 10_000;

    /// <summary>
    /// What overwriting the remains of deleted rows may take to be done at each wish. It reads all of the file, a gigabyte in some
    /// tenths of a second; what takes longer rests for so many times what it took.
    /// </summary>
    public static readonly TimeSpan ClearsAtOnceWithin = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc cref="ClearsAtOnceWithin"/>
    public const int ClearsRestFor = 20;

    /// <summary>Reports that are counted before reading rests: storing goes first.</summary>
    public const int CountedTogether = 2_000;

    /// <summary>Of one core counting takes a quarter: it rests for so many times what a portion took.</summary>
    public const int RestsFor = 3;

    /// <summary>But no longer: where a portion takes long because others work, counting has to come to an end all the same.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(20);

    /// <summary>Texts that a reader keeps of one field, so that a value which many have is one string.</summary>
    public const int PooledTexts = 10_000;

    /// <summary>How long rolling numbers serve: to make them reads every report of a month.</summary>
    public static readonly TimeSpan RollingFor = TimeSpan.FromMinutes(10);

    /// <summary>Networks of a day that are told apart, in some 10 MB.</summary>
    public const int Networks = 200_000;

    /// <summary>Days with which a day is compared: four weeks, so that each day of the week is in it as often.</summary>
    public const int DaysCompared = 28;

    /// <summary>How often is looked for what is odd.</summary>
    public static readonly TimeSpan AnomaliesEvery = TimeSpan.FromMinutes(1);

    /// <summary>Days after which an anomaly or a week is no news any more, as where no server ran for so long.</summary>
    public const int DaysOfNews = 14;

    /// <summary>How long the webhook has to answer.</summary>
    public static readonly TimeSpan WebhookWithin = TimeSpan.FromSeconds(10);

    /// <summary>Senders of a window that are told apart, where there are limits of how often they may come, in some 8 MB.</summary>
    public const int CountedSenders = 200_000;

    /// <summary>Wrong keys that a network may show to sign in: enough for somebody who looks for theirs, too few to find one by trying.</summary>
    public const int WrongKeysPerMinute = 20;

    /// <summary>How long an operator may do nothing before the key is asked for again: a break, and no night.</summary>
    public static readonly TimeSpan OperatorIdle = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lasts at most: a working day.</summary>
    public static readonly TimeSpan OperatorSession = TimeSpan.FromHours(8);

    /// <summary>Sessions at a time; the one that was longest not used ends for one more. There is an operator or two.</summary>
    public const int OperatorSessions = 100;

    /// <summary>How long the operator's first page waits for a write that shows whether reports can be stored.</summary>
    public static readonly TimeSpan OperatorPatience = TimeSpan.FromSeconds(3);

    /// <summary>Bytes of a form of the operator's: its longest field is a value of a report.</summary>
    public const int OperatorForm = 8_192;

    /// <summary>What operators did that is shown on a page; the file has all of it.</summary>
    public const int ListedAudits = 50;

    /// <summary>Reports of an installation that its page shows, the newest: two months of weeks have nine.</summary>
    public const int ListedReports = 100;

    /// <summary>What an operator may set aside of a product at a time: each report that is counted is held against all of it.</summary>
    public const int Quarantines = 100;

    /// <summary>Installations among which those are looked for that are like no other: with the fields below, a second or two.</summary>
    public const int UniqueInstalls = 5_000;

    /// <summary>Fields of which all sets of two and three are looked at, 1,561 of them; each is a bit.</summary>
    public const int UniqueFields = 21;

    /// <summary>The newest reports that are read for it: some installations have several.</summary>
    public const int UniqueReports = 20_000;

    /// <summary>Sets of two fields that a page shows, the worst, and as many of three.</summary>
    public const int ListedSets = 25;

    /// <summary>How often is looked whether keys were added or revoked: an operator who did so tries it at once.</summary>
    public static readonly TimeSpan KeysEvery = TimeSpan.FromMilliseconds(200);
}
