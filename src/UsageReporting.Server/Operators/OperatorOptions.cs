namespace UsageReporting.Server;

/// <summary>Who may come to the operator's pages, before any key is asked for.</summary>
public sealed class OperatorOptions
{
    /// <value>
    /// Whether the pages are also for whoever is not on this machine, by https only: spoken by the host itself, or by a proxy
    /// that the host believes (<c>UseForwardedHeaders</c>). Default <see langword="false"/>: for this machine alone.
    /// </value>
    public bool FromAnywhere { get; set; }
}
