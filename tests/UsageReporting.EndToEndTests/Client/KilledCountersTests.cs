using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Client;

/// <summary>Sixteen processes of one application count, some are killed, and those that are left report all at once.</summary>
[TestFixture]
[Category("Long")]
[Platform(Exclude = "Win", Reason = "Signals are the shell's.")]
internal sealed partial class KilledCountersTests
{
    // What was counted in the last ten seconds before a kill may be lost, and as much again while the machine is busy.
    private const int LossInSeconds = 20;

    private static readonly string Program = BuiltSample.TestProgram("UsageReporting.TallyCounter");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test, Property("Case", 110)]
    public async Task Report_ProcessesKilledAtRandom_HoldsWhatWasCountedOnce()
    {
        await File.WriteAllTextAsync(_folder.Combine("schema.json"), (await RunAsync("http://127.0.0.1:9/", "schema")).Output);
        await using WebApplication server = await ServeAsync(_folder.Combine("schema.json"), _folder.Combine("usage.db"));
        string endpoint = $"{server.Urls.Single()}/report";
        Assert.That((await RunAsync(endpoint, "agree")).Output, Is.EqualTo("True\n"));

        Random random = new(6);
        List<ChildProcess> killed = [];
        List<ChildProcess> living = [.. Enumerable.Range(0, 16).Select(number => Start(endpoint, number))];
        try
        {
            for (int i = 0; i < 8; i++)
            {
                ChildProcess victim = living[random.Next(living.Count)];
                await victim.WaitForOutputAsync($"second {24 + random.Next(8)} ");
                victim.Signal("KILL");
                await victim.WaitForExitAsync();
                killed.Add(victim);
                living.Remove(victim);
            }

            await File.WriteAllTextAsync(_folder.Combine("go"), "");
            ChildResult[] ends = await Task.WhenAll(living.Select(process => process.WaitForExitAsync()));

            Dictionary<string, long> reported = Reported();
            Dictionary<string, long> kept = Kept();
            foreach (ChildResult end in ends)
            {
                Match total = Total().Match(end.Output);
                Assert.That(total.Success, Is.True, end.Error);
                string word = WordOf(end.Output);
                Assert.That(
                    Of(reported, word) + Of(kept, word), Is.EqualTo(Number(total)), $"{word} ended by itself: {end.Output}");
            }

            foreach (ChildProcess victim in killed)
            {
                string word = WordOf(victim.Output);
                Match[] seconds = [.. Second().Matches(victim.Output).Cast<Match>()];
                long last = long.Parse(seconds[^1].Groups[1].Value, CultureInfo.InvariantCulture);
                long least = seconds.Where(second => long.Parse(second.Groups[1].Value, CultureInfo.InvariantCulture) <= last - LossInSeconds)
                    .Select(second => long.Parse(second.Groups[2].Value, CultureInfo.InvariantCulture)).Last();

                // A hundred in a second at most, and the last is not said.
                long most = long.Parse(seconds[^1].Groups[2].Value, CultureInfo.InvariantCulture) + 200;
                Assert.That(Of(reported, word), Is.InRange(least, most), $"{word} was killed: {victim.Output}");
                Assert.That(Of(kept, word), Is.Zero, "what a killed process left is reported by the others");
            }
        }
        finally
        {
            foreach (ChildProcess process in living.Concat(killed))
            {
                await process.DisposeAsync();
            }
        }
    }

    // Exactly one report of this period: the one row that there is.
    private Dictionary<string, long> Reported()
    {
        Assert.That(StoredReports.Query(_folder.Combine("usage.db"), "SELECT uuid FROM reports"), Has.Count.EqualTo(1));
        return StoredReports.Query(_folder.Combine("usage.db"), "SELECT key, value FROM report_values WHERE field = 'works'")
            .ToDictionary(row => (string)row["key"]!, row => Convert.ToInt64(row["value"], CultureInfo.InvariantCulture));
    }

    private Dictionary<string, long> Kept()
    {
        Dictionary<string, long> sums = [];
        foreach (string file in Directory.GetFiles(_folder.Combine("state"), "tallies_*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (JsonProperty word in document.RootElement.GetProperty("counts").EnumerateObject()
                .SelectMany(field => field.Value.EnumerateObject()))
            {
                sums[word.Name] = Of(sums, word.Name) + word.Value.GetInt64();
            }
        }

        return sums;
    }

    private static long Of(Dictionary<string, long> sums, string word) => sums.GetValueOrDefault(word);

    private static long Number(Match match) => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string WordOf(string output) => output[..output.IndexOf('\n', StringComparison.Ordinal)];

    private ChildProcess Start(string endpoint, int number) => ChildProcess.Start(
        "dotnet", [Program, _folder.Path, endpoint, $"{number}"], new ChildOptions { Bound = TimeSpan.FromMinutes(5) });

    private Task<ChildResult> RunAsync(string endpoint, string what) =>
        ChildProcess.RunAsync("dotnet", [Program, _folder.Path, endpoint, what]);

    private static async Task<WebApplication> ServeAsync(string schema, string database)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddUsageReportingServer().AddProduct("tally-counter", schema).UseSqlite(database);
        WebApplication app = builder.Build();
        app.MapUsageReports("/report", "tally-counter");
        await app.StartAsync();
        return app;
    }

    [GeneratedRegex("second ([0-9]+) counted ([0-9]+)")]
    private static partial Regex Second();

    [GeneratedRegex("total ([0-9]+)")]
    private static partial Regex Total();
}
