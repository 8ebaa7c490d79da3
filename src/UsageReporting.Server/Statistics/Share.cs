namespace UsageReporting.Server.Statistics;

/// <summary>Which part of all installations some of them are.</summary>
internal static class Share
{
    private const int Digits = 4;

    public static double Of(long installs, long all) => Round((double)installs / all);

    /// <summary>A share as it is published.</summary>
    public static double Round(double share) => Math.Round(share, Digits);
}
