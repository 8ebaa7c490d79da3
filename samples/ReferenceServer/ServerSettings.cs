namespace ReferenceServer;

/// <summary>The section <c>UsageReporting:Server</c> of the configuration.</summary>
internal sealed class ServerSettings
{
    /// <summary>The folder of the database, made if it is missing; a relative path counts from the caller's folder.</summary>
    public string DataDirectory { get; set; } = "usage-data";

    /// <summary>The products; the first is the default one.</summary>
    public List<ProductSettings> Products { get; } = [];
}
