namespace UsageReporting;

/// <summary>Where a report goes over HTTP.</summary>
public sealed class HttpSinkOptions
{
    /// <summary>The address that takes reports: <c>https</c>, or <c>http</c> on this machine only.</summary>
    /// <value>Required.</value>
    public Uri? Endpoint { get; set; }
}
