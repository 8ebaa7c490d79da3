namespace UsageReporting.Server.Statistics;

/// <summary>Which part of all installations some of them are.</summary>
internal static class Share
{
    private const int Digits = 4;

    public static double Of(long installs, long all) => Math.Round((double)installs / all, Digits);
}
