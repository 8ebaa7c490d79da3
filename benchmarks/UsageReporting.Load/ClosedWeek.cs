using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace UsageReporting.Load;

/// <summary>
/// What the numbers of a closed week cost: how long it takes to make them beside full load, by how much that slows the load,
/// and how long a summary and the product's page take then.
/// </summary>
internal static class ClosedWeek
{
    private const int Connections = 64;
    private const int CountingRounds = 16;
    private const int Requests = 500;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(0.5);

    public static void Measure(string folder, int rounds, int installations)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DateTimeOffset monday = new(now.UtcDateTime.Date.AddDays(-(((int)now.DayOfWeek + 6) % 7)), TimeSpan.Zero);
        string path = Path.Combine(folder, "week.db");
        FilledDatabase.Create(path, installations, monday.AddDays(-7));
        using ServerProcess server = ServerProcess.Start(Subject.Durable, path);
        using Clients reporting = new(server.Address, Connections, Installations.New, PreparedRequest.Report);
        // The first rounds are compiled, and read what the others find in memory.
        RatesOf(reporting, rounds);
        List<double> before = RatesOf(reporting, rounds);
        FilledDatabase.NoteReports(path);
        long start = Stopwatch.GetTimestamp();
        List<double> meanwhile = [];
        do
        {
            meanwhile.AddRange(RatesOf(reporting, 1));
        }
        while (!IsClosed(path));

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        List<double> after = RatesOf(reporting, rounds);

        // The server looks every ten seconds, and counts for longer than these last rounds.
        Spread during = Spread.Of(meanwhile[^Math.Min(CountingRounds, meanwhile.Count)..]);
        Spread without = Spread.Of([.. before, .. after]);
        Line($"A week of {installations:N0} reports: closed {took.TotalSeconds:N1} s after it could be, of which up to 10 s are waiting.");
        Line($"Reports a second meanwhile {during.Median:N0} ({during.Least:N0} to {during.Most:N0}), before and after {without.Median:N0} ({without.Least:N0} to {without.Most:N0}): {during.Median / without.Median:P0}.");
        Print(server, "/stats/summary");
        Print(server, $"/{LoadServer.Product}/");
    }

    private static List<double> RatesOf(Clients clients, int rounds) =>
        [.. Enumerable.Range(0, rounds).Select(_ => RateOf(clients))];

    private static double RateOf(Clients clients)
    {
        (long answers, TimeSpan took) = clients.Run(Round, long.MaxValue, 204);
        return answers / took.TotalSeconds;
    }

    private static bool IsClosed(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM rollups WHERE interval = 'week' AND installs > 0";
        return (long)command.ExecuteScalar()! > 0;
    }

    private static void Print(ServerProcess server, string path)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.Address}") };
        List<double> times = [];
        long bytes = 0;
        for (int i = 0; i < Requests; i++)
        {
            long start = Stopwatch.GetTimestamp();
            bytes = http.GetByteArrayAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult().Length;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        // The first ones are compiled.
        Spread spread = Spread.Of(times[(Requests / 10)..]);
        Line($"GET {path}, alone: {spread.Median:N2} ms ({spread.Least:N2} to {spread.Most:N2}), the first {times[0]:N0} ms; {bytes / 1_000:N0} kB.");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
