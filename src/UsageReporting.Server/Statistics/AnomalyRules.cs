namespace UsageReporting.Server.Statistics;

/// <summary>Decides what is an anomaly.</summary>
internal static class AnomalyRules
{
    private const double LeastGrowth = -0.20;
    private const double MostGrowth = 0.50;
    private const int MostDeviations = 6;

    /// <summary>Whether a week has lost a fifth of the week before, or gained half of it.</summary>
    public static bool IsWeekOdd(long installs, long before) =>
        before >= ServerLimits.LeastPublished
        && ((double)installs / before) - 1 is < LeastGrowth or > MostGrowth;

    /// <summary>
    /// Whether a day is further from the median than six times as far as the days before are (their median absolute
    /// deviation). Numbers that are always the same deviate by one, so that one report more is nothing.
    /// </summary>
    /// <param name="reports">The reports of the day.</param>
    /// <param name="before">Those of the days before it.</param>
    /// <param name="median">Their median.</param>
    public static bool IsDayOdd(long reports, IReadOnlyCollection<long> before, out long median)
    {
        median = before.Count == 0 ? reports : MedianOf(before);
        if (before.Count < ServerLimits.DaysCompared)
        {
            return false;
        }

        long middle = median;
        long deviation = Math.Max(1, MedianOf([.. before.Select(day => Math.Abs(day - middle))]));
        return Math.Abs(reports - median) > MostDeviations * deviation;
    }

    private static long MedianOf(IReadOnlyCollection<long> numbers) =>
        numbers.Order().ElementAt((numbers.Count - 1) / 2);
}
