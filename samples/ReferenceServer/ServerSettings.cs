namespace ReferenceServer;

/// <summary>The section <c>UsageReporting:Server</c> of the configuration.</summary>
internal sealed class ServerSettings
{
    /// <summary>The folder of the database and of keys, made if it is missing; a relative path counts from the caller's folder.</summary>
    public string DataDirectory { get; set; } = "usage-data";

    /// <summary>The connection string of a database of PostgreSQL; without one reports are in a file of SQLite.</summary>
    public string? PostgreSql { get; set; }

    /// <summary>The operator's key, which opens everything of all products.</summary>
    public string? AdminKey { get; set; }

    /// <summary>Whether the operator's pages are also for whoever is not on this machine, by https.</summary>
    public bool OperatorFromAnywhere { get; set; }

    /// <summary>New installations of a network and day that are counted at once.</summary>
    public int NewInstallationsOfNetwork { get; set; } = 5;

    /// <summary>Reports of a network and day that are taken; any number where it is missing.</summary>
    public int? ReportsOfNetwork { get; set; }

    /// <summary>Requests of a network and minute that are taken; any number where it is missing.</summary>
    public int? RequestsOfNetworkPerMinute { get; set; }

    /// <summary>Seconds in which it goes on after it is told to end, while <c>/healthz/ready</c> says no.</summary>
    public int DrainSeconds { get; set; }

    /// <summary>Where anomalies and the weekly digest are posted to.</summary>
    public Uri? Webhook { get; set; }

    /// <summary>The file of SQLite in it, as a full path.</summary>
    public string Database => Path.Combine(Path.GetFullPath(DataDirectory), "usage.db");

    /// <summary>Where reports are stored, for a person to read.</summary>
    public string Place => PostgreSql is null ? Database : "PostgreSQL";

    /// <summary>The products; the first is the default one.</summary>
    public List<ProductSettings> Products { get; } = [];

    /// <summary>How installs of packages are counted.</summary>
    public DownloadsSettings Downloads { get; } = new();

    /// <summary>
    /// The addresses or networks (<c>10.0.0.0/8</c>) of proxies that are believed what they say about the client's address:
    /// one proxy each, so that of two in the same network it is named twice.
    /// </summary>
    public List<string> Proxies { get; } = [];

    /// <summary>The header in which they say it; some write <c>X-Real-IP</c>.</summary>
    public string ClientAddressHeader { get; set; } = "X-Forwarded-For";
}
