namespace UsageReporting;

/// <summary>A number that installations report, as an endpoint publishes it.</summary>
/// <param name="Installs">How many report one.</param>
/// <param name="Lower">A quarter of them have so many or fewer.</param>
/// <param name="Median">Half of them have so many or fewer.</param>
/// <param name="Upper">Three quarters of them have so many or fewer.</param>
public sealed record PublishedQuartiles(long Installs, long Lower, long Median, long Upper);
