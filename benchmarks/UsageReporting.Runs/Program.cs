using System.Globalization;
using UsageReporting.Runs;

const string Usage = """
    usage: UsageReporting.Runs [--rounds N] [--program DLL]

      --rounds   how often each is measured; 40 unless given
      --program  the built DeveloperCli; the one of this configuration unless given
    """;

if (args is ["host", var endpoint, var folder, var choice])
{
    return await HostEnd.RunAsync(endpoint, folder, reports: choice == "yes");
}

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

using (SampleRuns runs = new(program))
{
    Rounds.Print("a command", Rounds.Measure(rounds, runs.Measure));
}

Console.WriteLine();
using (HostRuns hosts = new())
{
    Rounds.Print("a host's end", Rounds.Measure(rounds, hosts.Measure));
}

return 0;
