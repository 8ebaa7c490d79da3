namespace UsageReporting.Server.Statistics;

/// <summary>
/// Between which shares the true one lies in 95 of 100 cases, if those that report were drawn from all at random. Wilson's
/// interval (1927): unlike the usual one it stays within 0 and 1, and is right for few installations, too.
/// </summary>
internal readonly record struct ShareInterval(double Lower, double Upper)
{
    // The quantile of the normal distribution for 95 %.
    private const double Z = 1.959963984540054;

    /// <param name="installs">Those that have something.</param>
    /// <param name="all">Those that report; at least one.</param>
    public static ShareInterval Of(long installs, long all)
    {
        double share = (double)installs / all;
        double square = Z * Z / all;
        double middle = share + (square / 2);
        double half = Z * Math.Sqrt((share * (1 - share) / all) + (square / (4 * all)));
        return new ShareInterval(
            Math.Max(0, (middle - half) / (1 + square)), Math.Min(1, (middle + half) / (1 + square)));
    }
}
