using System.Diagnostics;
using System.Globalization;

namespace UsageReporting.Load;

/// <summary>
/// The time of a report at few and at many installations. The small database is a fresh copy for each round, which
/// would otherwise soon be no small one any more.
/// </summary>
internal static class Growth
{
    private const int Few = 10_000;
    private const int Connections = 64;

    // Together enough for the log to be moved into the database several times.
    private const int ReportsOfEach = 200;

    public static void Measure(string folder, int rounds, int many)
    {
        string small = Fill(folder, Few);
        string large = Fill(folder, many);
        List<double> smallTimes = [];
        List<double> largeTimes = [];
        for (int round = 0; round < rounds; round++)
        {
            string copy = Path.Combine(folder, "copy.db");
            File.Copy(small, copy, overwrite: true);
            smallTimes.Add(TimeOf(copy));
            largeTimes.Add(TimeOf(large));
        }

        Print(Few, Spread.Of(smallTimes));
        Print(many, Spread.Of(largeTimes));
        Spread times = Spread.Of(largeTimes.Zip(smallTimes, (own, other) => own / other));
        Line($"{times.Median:N2} ({times.Least:N2} to {times.Most:N2}) times as long.");
    }

    private static string Fill(string folder, int installations)
    {
        long start = Stopwatch.GetTimestamp();
        string path = Path.Combine(folder, FormattableString.Invariant($"{installations}.db"));
        FilledDatabase.Create(path, installations, TimeProvider.System.GetUtcNow().AddDays(-7));
        Line($"{installations:N0} installations: {new FileInfo(path).Length >> 20:N0} MB, filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s.");
        return path;
    }

    private static double TimeOf(string database)
    {
        using ServerProcess server = ServerProcess.Start(Subject.Durable, database);
        using Clients known = new(server.Address, Connections, () => Installations.Known(1), PreparedRequest.Report);
        using Clients reporting = new(server.Address, Connections, Installations.New, PreparedRequest.Report);
        // Duplicates make the server warm and the database no larger.
        known.Run(TimeSpan.FromSeconds(2), long.MaxValue, status: null);
        reporting.Run(TimeSpan.MaxValue, ReportsOfEach / 10, 204);
        (long answers, TimeSpan took) = reporting.Run(TimeSpan.MaxValue, ReportsOfEach, 204);
        return took.TotalMicroseconds / answers;
    }

    private static void Print(int installations, Spread time) =>
        Line($"{installations,12:N0} installations: {time.Median:N1} ({time.Least:N1} to {time.Most:N1}) µs a report");

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
