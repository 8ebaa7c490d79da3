using System.Globalization;
using UsageReporting.Load;

const string Usage = """
    usage: UsageReporting.Load [throughput|growth|statistics|latency] [--rounds N] [--seconds S] [--installations N] [--postgresql CONNECTION]

      throughput       reports a second against an empty endpoint, at 64 and at 256 connections (the default)
      growth           the time of a report at ten thousand installations and at ten million
      statistics       closing a week of a million reports beside full load, and the time of a summary then
      latency          the time of an answer to a notification, at a quarter of the server's rate
      --rounds         how often each is measured; 15 unless given
      --seconds        the length of a round of throughput or latency; 0.5 unless given
      --postgresql     how to connect to PostgreSQL as its owner: throughput is then that of an empty endpoint, of reports in a
                       database made there, and of reports that are stored there with one statement each
      --installations  those of the large database of growth, 10000000 unless given, or of statistics, 1000000

    Databases are made in the folder for temporary files, which TMPDIR moves to another disk.
    """;

if (args is ["serve", string subject, string database])
{
    await LoadServer.RunAsync(Enum.Parse<Subject>(subject), database);
    return 0;
}

// The load's, not the server's. .NET's sockets read these before the first one is made.
foreach ((string name, string value) in Clients.SocketSettings)
{
    Environment.SetEnvironmentVariable(name, value);
}

int rounds = 15;
double seconds = 0.5;
int? installations = null;
string? postgreSql = null;
string what = args is [string first, ..] && !first.StartsWith('-') ? first : "throughput";
string[] options = args.Length > 0 && args[0] == what ? args[1..] : args;
for (int i = 0; i < options.Length; i += 2)
{
    string value = i + 1 < options.Length ? options[i + 1] : "";
    bool isRead = options[i] switch
    {
        "--rounds" => int.TryParse(value, CultureInfo.InvariantCulture, out rounds) && rounds > 0,
        "--seconds" => double.TryParse(value, CultureInfo.InvariantCulture, out seconds) && seconds > 0,
        "--installations" => (installations = int.TryParse(value, CultureInfo.InvariantCulture, out int number) ? number : null) > 0,
        "--postgresql" => (postgreSql = value).Length > 0,
        _ => false,
    };
    if (!isRead)
    {
        what = "";
    }
}

string folder = Directory.CreateTempSubdirectory("usage-reporting-load-").FullName;
try
{
    switch (what)
    {
        case "throughput":
            Throughput.Measure(folder, rounds, TimeSpan.FromSeconds(seconds), postgreSql);
            return 0;
        case "growth":
            Growth.Measure(folder, rounds, installations ?? 10_000_000);
            return 0;
        case "statistics":
            ClosedWeek.Measure(folder, rounds, installations ?? 1_000_000);
            return 0;
        case "latency":
            Latency.Measure(folder, rounds, TimeSpan.FromSeconds(seconds));
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}
