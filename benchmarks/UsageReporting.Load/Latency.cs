using System.Globalization;

namespace UsageReporting.Load;

/// <summary>
/// How long the answer to a notification takes at a quarter of the rate that the server reaches: in each round that rate
/// is measured first.
/// </summary>
internal static class Latency
{
    private const int Connections = 64;
    private const double Share = 0.25;

    public static void Measure(string folder, int rounds, TimeSpan duration)
    {
        using Contender installs = new(Subject.Downloads, Connections, folder);
        installs.WarmUp(2 * duration);
        List<double> medians = [];
        List<double> slowest = [];
        for (int round = 0; round < rounds; round++)
        {
            installs.Measure(duration);
            double[] times = [.. installs.MeasurePaced(duration, Share * installs.Rounds[^1].PerSecond).Order()];
            medians.Add(times[times.Length / 2]);
            slowest.Add(times[(int)(times.Length * 0.99)]);
        }

        installs.Verify();
        Spread rate = Spread.Of(installs.Rounds.Select(round => round.PerSecond * Share));
        Spread median = Spread.Of(medians);
        Spread percentile = Spread.Of(slowest);
        Line($"{rounds} rounds of {duration.TotalSeconds} s: median (least to most)");
        Line($"at {rate.Median:N0} ({rate.Least:N0} to {rate.Most:N0}) installs/s");
        Line($"half of the answers within {median.Median:N2} ({median.Least:N2} to {median.Most:N2}) ms");
        Line($"99 % of them within {percentile.Median:N2} ({percentile.Least:N2} to {percentile.Most:N2}) ms");
        Line($"In {slowest.Count(time => time <= 10)} of {rounds} rounds that was 10 ms or less.");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
