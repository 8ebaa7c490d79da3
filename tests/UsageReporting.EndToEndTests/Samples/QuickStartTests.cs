using NUnit.Framework;
using UsageReporting.TestSupport.Processes;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Samples;

[TestFixture]
internal sealed class QuickStartTests
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
}
