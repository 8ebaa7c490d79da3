namespace UsageReporting;

/// <summary>How many installations report a value, as an endpoint publishes it.</summary>
/// <param name="Installs">How many.</param>
/// <param name="Share">Which part they are of those that report, from 0 to 1.</param>
public sealed record PublishedShare(long Installs, double Share)
{
    /// <summary>
    /// Between which shares the true one lies in 95 of 100 cases, if those that report were drawn from all at random; null where
    /// that is not published.
    /// </summary>
    public (double Lower, double Upper)? Interval { get; init; }
}
