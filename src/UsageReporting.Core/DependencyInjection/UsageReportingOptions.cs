namespace UsageReporting;

/// <summary>How an application reports its usage, and what it tells people about that.</summary>
public sealed class UsageReportingOptions
{
    /// <summary>The product's name: lower-case ASCII letters, digits and hyphens.</summary>
    /// <value>Set by <c>AddUsageReporting</c>.</value>
    public string Product { get; set; } = "";

    /// <summary>How the application asks.</summary>
    /// <value>Default <see cref="ConsentMode.AskEachTime"/>.</value>
    public ConsentMode Consent { get; set; } = ConsentMode.AskEachTime;

    /// <summary>Who receives the reports.</summary>
    /// <value>Default: the product's name.</value>
    public string? Operator { get; set; }

    /// <summary>Where to reach the operator.</summary>
    /// <value>Default: nothing is said.</value>
    public string? Contact { get; set; }

    /// <summary>Who can read the reports, by name or role.</summary>
    /// <value>Default: nothing is said.</value>
    public IList<string> Access { get; } = [];

    /// <summary>What is never collected, in one sentence: the last one before the question.</summary>
    /// <value>Default: nothing is promised.</value>
    public string? Promise { get; set; }

    /// <summary>A page that explains the reporting.</summary>
    /// <value>Default: none.</value>
    public Uri? MoreInformation { get; set; }

    /// <summary>The largest report, in bytes, 256 to 65,536.</summary>
    /// <value>Default 4,096.</value>
    public int MaxBytes { get; set; } = 4_096;

    /// <summary>Days after a report in which the server refuses another one, 0 to 366.</summary>
    /// <value>Default 7.</value>
    public int WindowDays { get; set; } = 7;

    /// <summary>How an installation is told from others.</summary>
    /// <value>Default: a stable random id named <c>uuid</c>.</value>
    public ReportIdentity Identity { get; set; } = new();

    /// <summary>
    /// Fields whose published numbers are shown by two of them together: <c>new("version", "channel")</c>. People are not asked
    /// anew for one, as what leaves their machines is the same.
    /// </summary>
    /// <value>Default: none.</value>
    public IList<FieldPair> Pairs { get; } = [];

    /// <summary>Where the library keeps what must last; a relative path counts from the current folder.</summary>
    /// <value>
    /// Default: a folder named for the product in <c>$XDG_STATE_HOME</c> or <c>~/.local/state</c>,
    /// <c>%LOCALAPPDATA%</c>, or <c>~/Library/Application Support</c>.
    /// </value>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// For whom a choice counts. The id, and what waits and was sent, are the person's in any case; so is a choice that they
    /// cannot write for everybody, and a no of either is a no.
    /// </summary>
    /// <value>Default <see cref="ConsentScope.User"/>.</value>
    public ConsentScope Scope { get; set; }

    /// <summary>
    /// Further environment variables that switch reporting off unless they are empty, 0 or false; one that is written
    /// <c>NAME=0</c> here switches it off unless it is empty, 1, true, yes or on.
    /// </summary>
    /// <value>Default: none beside <c>DO_NOT_TRACK</c> and the two that are named for the product.</value>
    public IList<string> Switches { get; } = [];

    /// <summary>
    /// A file in which a person may switch reporting off with a line <c>disable=1</c>, and which is there for nothing else. It
    /// is only read. Absent it says nothing; what is misspelt in it, or cannot be read, means off.
    /// </summary>
    /// <value>Default: none.</value>
    public string? SettingsFile { get; set; }

    /// <summary>
    /// Whether this is the moment to ask, for an application with <see cref="ConsentMode.OptIn"/> that begins its runs with
    /// <see cref="UsageReporter.BeginRunAsync"/>: in its fifth run, say, and not in its first. The library counts nothing
    /// before a yes, so the application has to know. Without a terminal nobody is asked.
    /// </summary>
    /// <value>Default: nobody is asked but by <c>usage send</c>, or whatever else calls <c>ReportAsync</c>.</value>
    public Func<bool>? AskWhen { get; set; }

    /// <summary>
    /// Another text for one that people read, by its name, or null to leave it: a translation, or the application's own
    /// words. Labels and purposes of fields are <c>label.doc_bucket</c> and <c>purpose.doc_bucket</c>, the promise is
    /// <c>promise</c>; docs/texts.md lists the others.
    /// </summary>
    /// <value>Default: the package's texts, in English.</value>
    public Func<string, string?>? Text { get; set; }

    internal SchemaHeader ToHeader() => new()
    {
        Product = Product,
        Operator = Operator,
        Contact = Contact,
        Access = [.. Access],
        Promise = Promise,
        MoreInformation = MoreInformation,
        MaxBytes = MaxBytes,
        WindowDays = WindowDays,
        Identity = Identity,
        Pairs = [.. Pairs],
    };
}
