namespace UsageReporting.Server.Statistics;

/// <summary>A number that moved in a way that somebody should look at.</summary>
/// <param name="When">The week or the day.</param>
/// <param name="Number">Installations of the week, or reports of the day.</param>
/// <param name="Expected">Those of the week before, or the median of days.</param>
/// <param name="LastDay">The day, or the last one of the week.</param>
internal sealed record Anomaly(string When, long Number, long Expected, DateOnly LastDay)
{
    /// <summary>By how much it differs, as a share of what was expected.</summary>
    public double Change => Expected == 0 ? 1 : Math.Round(((double)Number / Expected) - 1, 4);
}
