namespace UsageReporting;

/// <summary>Where a report goes over HTTP.</summary>
public sealed class HttpSinkOptions
{
    /// <summary>The address that takes reports: <c>https</c>, or <c>http</c> on this machine only.</summary>
    /// <value>Required.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// The key that the endpoint asks for, which each request carries as <c>X-API-Key</c>: up to 256 visible ASCII characters.
    /// It is the same for all installations; one of its own would tell who reports.
    /// </summary>
    /// <value>Default: none.</value>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The address of the product's published numbers, which a person can have their own report compared with: <c>https</c>, or
    /// <c>http</c> on this machine only.
    /// </summary>
    /// <value>Default: <c>/{product}/summary.json</c> of the endpoint's scheme, host and port.</value>
    public Uri? Numbers { get; set; }

    /// <summary>How many seconds an attempt may take, 5 to 60.</summary>
    /// <value>Default 10: a person waits for it, and no honest endpoint needs longer.</value>
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// The one level whose reports go there. With an endpoint for each level, whoever runs a network can close it for some of
    /// them.
    /// </summary>
    /// <value>Default: null, for reports of all levels.</value>
    public UsageLevel? Level { get; set; }

    /// <summary>
    /// The application's version, where requests are to carry a User-Agent of the form
    /// <c>product/version .NET/10.0.1 (linux; x64)</c>. A person who reads the report should find all of it there too.
    /// </summary>
    /// <value>Default: requests carry no User-Agent.</value>
    public string? UserAgentVersion { get; set; }
}
