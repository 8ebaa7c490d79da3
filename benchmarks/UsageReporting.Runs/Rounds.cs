using System.Globalization;

namespace UsageReporting.Runs;

/// <summary>Measures all subjects in turn, and says what they took.</summary>
internal static class Rounds
{
    /// <summary>The milliseconds of each subject in each round.</summary>
    public static Dictionary<Subject, double[]> Measure(int rounds, Func<Subject, double> measure)
    {
        Subject[] subjects = Enum.GetValues<Subject>();
        Dictionary<Subject, double[]> milliseconds = subjects.ToDictionary(subject => subject, _ => new double[rounds]);

        // The first round only warms the machine's caches.
        for (int round = -1; round < rounds; round++)
        {
            // Each begins in its turn: none always follows the same other.
            for (int i = 0; i < subjects.Length; i++)
            {
                Subject subject = subjects[(round + 1 + i) % subjects.Length];
                double time = measure(subject);
                if (round >= 0)
                {
                    milliseconds[subject][round] = time;
                }
            }
        }

        return milliseconds;
    }

    /// <summary>
    /// A line each. Rounds are compared pair by pair: what else the machine did in one of them, it did to all subjects alike.
    /// </summary>
    public static void Print(string title, Dictionary<Subject, double[]> milliseconds)
    {
        Console.WriteLine(
            $"{title,-12} {"least ms",10} {"median",10} {"above off",10} {"90 %",10} {"above answered",15} {"90 %",10}");
        foreach ((Subject subject, double[] times) in milliseconds)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{subject,-12} {times.Min(),10:F0} {Quantile(times, 0.5),10:F0} {Above(Subject.Off, 0.5),10:F0} {Above(Subject.Off, 0.9),10:F0} "
                + $"{Above(Subject.Answered, 0.5),15:F0} {Above(Subject.Answered, 0.9),10:F0}"));

            double Above(Subject other, double quantile) =>
                Quantile([.. times.Zip(milliseconds[other], (time, otherTime) => time - otherTime)], quantile);
        }
    }

    private static double Quantile(double[] values, double quantile) =>
        values.Order().ElementAt((int)(quantile * (values.Length - 1)));
}
