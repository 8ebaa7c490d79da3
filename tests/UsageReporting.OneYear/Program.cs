// An application of which a person has several releases in a year, on a clock that the test sets. It asks once, and says
// of itself only what its release makes it ask for.

using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using UsageReporting;

Option<string> now = new("--now") { Required = true, Recursive = true };
Option<int> release = new("--release") { Required = true, Recursive = true };
Option<string> endpoint = new("--endpoint") { Required = true, Recursive = true };
Option<string> dataDirectory = new("--data-directory") { Required = true, Recursive = true };
RootCommand root = new("A library of books.") { now, release, endpoint, dataDirectory };
root.Add(UsageCommand.Create(Create));
return await UsageCommandLine.RunAsync(root, args);

UsageReporter Create(ParseResult parsed)
{
    int number = parsed.GetValue(release);
    WordField channel = UsageField.Word(
        "channel",
        number < 3 ? "Channel" : "Release channel",
        "Which kind of release it is.",
        number switch { 1 => ["stable", "beta"], 2 => ["stable", "beta", "dev"], _ => ["stable"] });
    BucketField books = UsageField.Bucket("books", "Books", "How many books there are, as a range.", [0, 100, 1_000]);
    FlagField reader = UsageField.Flag("reader", "Reader used", "Whether books are read here, too.");
    UsageField[] fields = number == 1 ? [channel, books] : [channel, books, reader];
    return UsageReporter.Create("one-year", builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(
            new ManualTimeProvider(DateTimeOffset.Parse(parsed.GetValue(now)!, CultureInfo.InvariantCulture)));
        builder.Configure(usage =>
            {
                usage.Consent = ConsentMode.OptIn;
                usage.Operator = number < 4 ? "the readers' society" : "Books Ltd";
                usage.DataDirectory = parsed.GetValue(dataDirectory);
            })
            .AddCollector(fields, (_, values, _) =>
            {
                values.Set(channel, number == 2 ? "dev" : "stable");
                values.Set(books, 250);
                if (number > 1)
                {
                    values.Set(reader, true);
                }

                return ValueTask.CompletedTask;
            })
            .AddHttpSink(parsed.GetValue(endpoint)!);
    });
}
