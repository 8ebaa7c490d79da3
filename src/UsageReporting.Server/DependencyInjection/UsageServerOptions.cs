namespace UsageReporting.Server;

/// <summary>What holds for all products of a server.</summary>
public sealed class UsageServerOptions
{
    /// <value>
    /// The folder of what is kept beside the database: keys of products and the key that signs receipts; with PostgreSQL also marks of
    /// what was erased, which are beside a SQLite file wherever this is. Default <see langword="null"/>: that of the SQLite file; with
    /// PostgreSQL it has to be set.
    /// </value>
    public string? DataDirectory { get; set; }

    /// <value>
    /// The operator's key, sent as <c>X-API-Key</c> or as a bearer token, with all scopes of all products. Default
    /// <see langword="null"/>: there is none.
    /// </value>
    public string? AdminKey { get; set; }

    /// <value>
    /// How many new installations of one network (IPv4 /24, IPv6 /48) and UTC day are counted at once. More are accepted, and
    /// counted when they are seen again in another ISO week. Default 5. Loopback is no network.
    /// </value>
    public int NewInstallationsOfNetwork { get; set; } = 5;

    /// <value>
    /// How many reports of one network and UTC day are taken; more are answered with 429. Default <see langword="null"/>: any
    /// number.
    /// </value>
    public int? ReportsOfNetwork { get; set; }

    /// <value>
    /// How many requests of one network (IPv4 /24, IPv6 /48) and minute are taken to send reports, or to see and erase what
    /// was sent; more are answered with 429. Wrong keys to read numbers count, too. Default <see langword="null"/>: any number.
    /// </value>
    public int? RequestsOfNetworkPerMinute { get; set; }

    /// <value>
    /// How many seconds the server goes on taking reports after it is told to end, while <c>ready</c> answers 503: long enough
    /// for whoever shares requests out among several servers to see it. Default 0.
    /// </value>
    public int DrainSeconds { get; set; }

    /// <value>
    /// Where a JSON document is posted to when a number moves in a way that somebody should look at. Default
    /// <see langword="null"/>: nowhere.
    /// </value>
    public Uri? Webhook { get; set; }
}
