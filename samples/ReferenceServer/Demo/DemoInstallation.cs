namespace ReferenceServer.Demo;

/// <summary>An installation that nobody has.</summary>
/// <param name="Seed">All that it is follows from this.</param>
/// <param name="FirstWeek">The week of its first report.</param>
/// <param name="LastWeek">The week after which it is gone.</param>
/// <param name="Lag">How many weeks after a release it updates.</param>
/// <param name="Level">How much its person agreed to report.</param>
internal sealed record DemoInstallation(int Seed, int FirstWeek, int LastWeek, int Lag, UsageReporting.UsageLevel Level)
{
    // Some are switched off for a week or two.
    private const double Reports = 0.94;
    private const double Stays = 0.25;
    private const double MeanWeeks = 18;
    private const double MeanLag = 3.5;

    public static IEnumerable<DemoInstallation> Of(string product, int installations, int weeks)
    {
        Random random = new(product.Sum(c => c));
        // A third was there before the year began, and more come each week than in the one before.
        for (int i = 0; i < installations; i++)
        {
            int first = random.NextDouble() < 0.33 ? 0 : (int)(weeks * Math.Pow(random.NextDouble(), 0.72));
            int lasts = random.NextDouble() < Stays ? weeks : (int)Exponential(random, MeanWeeks);
            int lag = (int)Exponential(random, MeanLag);
            double level = random.NextDouble();
            yield return new DemoInstallation(
                random.Next(),
                first,
                first + lasts,
                lag,
                level < 0.35 ? UsageReporting.UsageLevel.Basic : level < 0.65 ? UsageReporting.UsageLevel.Middle : UsageReporting.UsageLevel.Full);
        }
    }

    public bool ReportsIn(int week) =>
        week == FirstWeek || (week > FirstWeek && week <= LastWeek && new Random(Seed ^ (week * 7_919)).NextDouble() < Reports);

    /// <summary>When in the week it reports: nobody's clock is anybody else's.</summary>
    public TimeSpan TimeOfWeek => TimeSpan.FromSeconds(new Random(Seed).Next(7 * 86_400));

    private static double Exponential(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());
}
