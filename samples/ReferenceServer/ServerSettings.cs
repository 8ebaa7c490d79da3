namespace ReferenceServer;

/// <summary>The section <c>UsageReporting:Server</c> of the configuration.</summary>
internal sealed class ServerSettings
{
    /// <summary>The folder of the database, made if it is missing; a relative path counts from the caller's folder.</summary>
    public string DataDirectory { get; set; } = "usage-data";

    /// <summary>The operator's key, for what is not public; without one nobody reads that.</summary>
    public string? AdminKey { get; set; }

    /// <summary>New installations of a network and day that are counted at once.</summary>
    public int NewInstallationsOfNetwork { get; set; } = 5;

    /// <summary>Reports of a network and day that are taken; any number where it is missing.</summary>
    public int? ReportsOfNetwork { get; set; }

    /// <summary>Where anomalies and the weekly digest are posted to.</summary>
    public Uri? Webhook { get; set; }

    /// <summary>Addresses of proxies whose word for a client's address is taken.</summary>
    public List<string> Proxies { get; } = [];

    /// <summary>The products; the first is the default one.</summary>
    public List<ProductSettings> Products { get; } = [];
}
