using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Sinks;

/// <summary>One file, written by processes that compete, are killed, or find the disk full.</summary>
[TestFixture]
[Platform(Exclude = "Win", Reason = "Signals and limits are the shell's.")]
internal sealed class FileSinkProcessTests
{
    private static readonly string Program = BuiltSample.TestProgram("UsageReporting.FileWriter");

    private TemporaryFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _path = _folder.Combine("reports.jsonl");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Deliver_SeveralProcesses_EachLineIsThereOnceAndWhole()
    {
        string[] writers = ["a", "b", "c", "d"];

        // 4 times 50 lines of 20 KB: the file begins anew three times.
        ChildResult[] runs = await Task.WhenAll(writers.Select(writer => ChildProcess.RunAsync("dotnet", Arguments(writer, 50, 20_000))));

        Assert.That(runs.SelectMany(Accepted).Count(), Is.EqualTo(200), string.Concat(runs.Select(run => run.Error)));
        Assert.That(
            Lines().Select(line => (line.Writer, line.Number)),
            Is.EquivalentTo(writers.SelectMany(writer => Enumerable.Range(0, 50).Select(number => (writer, number)))));
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1 + 4), "the lock, and four files");
    }

    [Test]
    public async Task Deliver_KilledAtAnyMoment_WhatWasAcceptedIsThereAndNothingIsHalf()
    {
        List<(string Writer, int Number)> accepted = [];
        foreach (int round in Enumerable.Range(1, 8))
        {
            await using ChildProcess writer = ChildProcess.Start("dotnet", Arguments($"{round}", 1_000, 60_000));
            await writer.WaitForOutputAsync($"{round} Accepted");
            writer.Signal("KILL");
            ChildResult run = await writer.WaitForExitAsync();
            accepted.AddRange(Accepted(run).Select(number => ($"{round}", number)));
        }

        ChildResult last = await ChildProcess.RunAsync("dotnet", Arguments("last", 1, 10));
        accepted.AddRange(Accepted(last).Select(number => ("last", number)));

        (string, int)[] lines = [.. Lines()];
        Assert.That(accepted, Has.Count.GreaterThan(8));
        Assert.That(accepted, Is.SubsetOf(lines));
        Assert.That(lines, Is.Unique);

        // A round was killed at most between a line and the word that it is there.
        Assert.That(lines, Has.Length.LessThanOrEqualTo(accepted.Count + 8));
    }

    [Test]
    public async Task Deliver_NoRoomForAWholeLine_SaysSoAndLeavesNoHalf()
    {
        // 16 blocks of 512 bytes are room for seven such lines and a part of the next. The runtime's own trick with
        // large files in memory would fall under the limit, too.
        ChildOptions options = new() { Environment = new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" } };
        ChildResult run = await ChildProcess.RunAsync(
            "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 16; exec dotnet \"$@\"", "sh", .. Arguments("a", 9, 1_000)], options);

        Assert.That(Accepted(run), Is.EqualTo(Enumerable.Range(0, 7)), run.Error);
        Assert.That(run.Output, Does.EndWith("MaybeReceived = False, RetryAfter =  }\n"));
        Assert.That(Lines().Count(), Is.EqualTo(7));
    }

    private string[] Arguments(string writer, int count, int bytes) => [Program, _path, writer, $"{count}", $"{bytes}"];

    private static IEnumerable<int> Accepted(ChildResult run) => run.Output.Split('\n')
        .Where(line => line.EndsWith(" Accepted { IsConfirmed = True }", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    // Whatever is not a whole document does not parse.
    private IEnumerable<(string Writer, int Number)> Lines()
    {
        foreach (string file in Directory.GetFiles(_folder.Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(file);
            Assert.That(text, Does.EndWith("}\n"));
            foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using JsonDocument report = JsonDocument.Parse(line);
                yield return (report.RootElement.GetProperty("writer").GetString()!, report.RootElement.GetProperty("number").GetInt32());
            }
        }
    }
}
