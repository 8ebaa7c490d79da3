using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>
/// The program that measures what a short program and a host's end pay still runs, whatever it measures here. In it hosts end
/// while the endpoint is a black hole: the process ends by itself, and no exception is left that nobody saw.
/// </summary>
[Category("Long")] // Each subject twice, a whole process each time.
public sealed class RunsProgramTests
{
    [Test]
    public async Task Run_OneRound_PrintsEveryRow()
    {
        // bin/<configuration>/net10.0/ of the test project itself.
        DirectoryInfo own = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = RepositoryRoot.Combine(
            "benchmarks", "UsageReporting.Runs", "bin", own.Parent!.Name, own.Name, "UsageReporting.Runs.dll");

        ChildResult runs = await ChildProcess.RunAsync(
            "dotnet", [program, "--rounds", "1"], new ChildOptions { Bound = TimeSpan.FromMinutes(2) });

        Assert.That(runs.ExitCode, Is.Zero, runs.Error);
        Assert.That(
            runs.Output.Split('\n').Select(line => line.Split(' ')[0]),
            Is.EqualTo(new[]
            {
                "a", "Off", "Answered", "Silent", "Unreachable", "", "a", "Off", "Answered", "Silent", "Unreachable", "",
            }));
    }
}
