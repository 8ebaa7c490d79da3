namespace UsageReporting;

/// <summary>A place that reports are sent to.</summary>
/// <param name="Destination">Where it is.</param>
/// <param name="Level">The one level whose reports go there; null for all.</param>
public sealed record UsageEndpoint(string Destination, UsageLevel? Level)
{
    /// <summary>Where the published numbers are fetched from when a person asks for them; null where it has none.</summary>
    public string? Numbers { get; init; }
}
