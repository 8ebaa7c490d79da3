using System.Globalization;
using UsageReporting.Runs;

const string Usage = """
    usage: UsageReporting.Runs [--rounds N] [--program DLL]

      --rounds   how often each is measured; 40 unless given
      --program  the built DeveloperCli; the one of this configuration unless given
    """;

int rounds = 40;
string program = SampleRuns.Built();
for (int i = 0; i < args.Length; i += 2)
{
    string value = i + 1 < args.Length ? args[i + 1] : "";
    switch (args[i])
    {
        case "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out rounds) && rounds > 0:
            break;
        case "--program" when File.Exists(value):
            program = Path.GetFullPath(value);
            break;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

Dictionary<Subject, double[]> milliseconds;
using (SampleRuns runs = new(program))
{
    milliseconds = runs.Measure(rounds);
}

// Rounds are compared pair by pair: what else the machine did in one of them, it did to all subjects alike.
Console.WriteLine($"{"",-12} {"least ms",10} {"median",10} {"above off",10} {"90 %",10} {"above answered",15} {"90 %",10}");
foreach ((Subject subject, double[] times) in milliseconds)
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{subject,-12} {times.Min(),10:F0} {Quantile(times, 0.5),10:F0} {Above(times, Subject.Off, 0.5),10:F0} {Above(times, Subject.Off, 0.9),10:F0} "
        + $"{Above(times, Subject.Answered, 0.5),15:F0} {Above(times, Subject.Answered, 0.9),10:F0}"));
}

return 0;

double Above(double[] times, Subject other, double quantile) =>
    Quantile([.. times.Zip(milliseconds[other], (time, otherTime) => time - otherTime)], quantile);

static double Quantile(double[] values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Length - 1)));
