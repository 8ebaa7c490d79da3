using System.Text.RegularExpressions;
using NUnit.Framework;
using UsageReporting.TestSupport.Processes;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Samples;

[TestFixture]
internal sealed partial class QuickStartTests
{
    [Test]
    public async Task Run_InOneProcess_ShowsTheReportItsRowAndTheRefusal()
    {
        ChildOptions options = new() { Environment = new Dictionary<string, string?> { ["DO_NOT_TRACK"] = null } };

        ChildResult run = await ChildProcess.RunAsync("dotnet", [BuiltSample.Dll("QuickStart")], options);

        string[] inOrder =
        [
            "A server listens on http://127.0.0.1:", "Installation ID : ", "Channel         : beta", "Books           : 1000–9999",
            "Report sent. Thank you.", "received     : ", "books        : 1000-9999",
            "Already submitted today. Nothing sent.", "You can send again after ",
            "The dashboard: http://127.0.0.1:", "with --stay it stays up.",
        ];
        int position = 0;
        foreach (string expected in inOrder)
        {
            int found = run.Output.IndexOf(expected, position, StringComparison.Ordinal);
            Assert.That(found, Is.Not.Negative, $"\"{expected}\" is missing or in another place:\n{run.Output}\n{run.Error}");
            position = found;
        }

        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Run_Stay_ShowsTheDashboardUntilItIsToldToEnd()
    {
        ChildOptions options = new() { Environment = new Dictionary<string, string?> { ["DO_NOT_TRACK"] = null } };
        await using ChildProcess run = ChildProcess.Start("dotnet", [BuiltSample.Dll("QuickStart"), "--stay"], options);
        await run.WaitForOutputAsync("It stays up until Ctrl-C.");
        using HttpClient http = new();
        string page = await http.GetStringAsync($"{Address().Match(run.Output).Groups[1].Value}quick-start/");

        run.Signal("TERM");
        ChildResult ended = await run.WaitForExitAsync();

        Assert.That(page, Does.Contain("The first numbers are on their way"));
        Assert.That(ended.ExitCode, Is.Zero, ended.Error);
    }

    [GeneratedRegex("The dashboard: (http://[^ \n]+/)")]
    private static partial Regex Address();
}
