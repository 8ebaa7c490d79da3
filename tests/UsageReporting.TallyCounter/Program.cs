// One of several processes that count: FOLDER ENDPOINT schema|agree|NUMBER. A number counts for its own word, says how far it
// came, and reports when there is a file "go" in the folder.

using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting;

CountsField works = UsageField.Counts(
    "works", "Works", "Which process did how much.", Vocabulary.Of([.. Enumerable.Range(0, 64).Select(i => $"p{i}")]),
    0, 1_000_000);
await using UsageReporter reporter = UsageReporter.Create("tally-counter", builder => builder
    .Configure(options =>
    {
        options.Consent = ConsentMode.OptIn;
        options.DataDirectory = Path.Combine(args[0], "state");
    })
    .AddTallies(tallies => tallies.Add(works))
    .AddHttpSink(args[1]));
switch (args[2])
{
    case "schema":
        using (Stream output = Console.OpenStandardOutput())
        {
            output.Write(reporter.Schema.ToJson());
        }

        break;
    case "agree":
        Console.WriteLine(await reporter.SetConsentAsync(ConsentChoice.Yes));
        break;
    default:
        await CountAsync(reporter.Tallies.Of(works, $"p{args[2]}"), Path.Combine(args[0], "go"));
        break;
}

async Task CountAsync(UsageTally tally, string go)
{
    Console.WriteLine($"p{args[2]}");
    Stopwatch watch = Stopwatch.StartNew();
    long said = -1;
    int number = 0;
    while (!File.Exists(go))
    {
        tally.Add();
        number++;
        if (watch.ElapsedMilliseconds / 1_000 is var second && second != said)
        {
            said = second;
            Console.WriteLine($"second {second} counted {number}");
        }

        Thread.Sleep(10);
    }

    Console.WriteLine($"total {number}");
    Console.WriteLine($"outcome {await reporter.ReportAsync(new Agreed())}");
}
