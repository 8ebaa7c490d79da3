namespace UsageReporting;

/// <summary>Where a report goes over HTTP.</summary>
public sealed class HttpSinkOptions
{
    /// <summary>The address that takes reports: <c>https</c>, or <c>http</c> on this machine only.</summary>
    /// <value>Required.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// The one level whose reports go there. With an endpoint for each level, whoever runs a network can close it for some of
    /// them.
    /// </summary>
    /// <value>Default: null, for reports of all levels.</value>
    public UsageLevel? Level { get; set; }
}
