using NUnit.Framework;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.Tests.TestSupport;

[Platform("Unix")]
public sealed class ChildProcessTests
{
    [Test]
    public async Task RunAsync_Program_GivesOutputErrorAndExitCode()
    {
        ChildResult result = await Shell("echo \"$NAME in $(pwd)\"; echo bad >&2; exit 7", new ChildOptions
        {
            Environment = new Dictionary<string, string?> { ["NAME"] = "value" },
            WorkingDirectory = "/",
        });

        Assert.That(result, Is.EqualTo(new ChildResult(7, "value in /\n", "bad\n")));
    }

    [Test]
    public async Task RunAsync_VariableTakenAway_IsUnset()
    {
        ChildResult result = await Shell("echo ${HOME-unset}", new ChildOptions
        {
            Environment = new Dictionary<string, string?> { ["HOME"] = null },
        });

        Assert.That(result.Output, Is.EqualTo("unset\n"));
    }

    [Test]
    public async Task RunAsync_InputText_IsRead() =>
        Assert.That((await Shell("cat", new ChildOptions { Input = ChildInput.Text("typed\n") })).Output, Is.EqualTo("typed\n"));

    [Test]
    public async Task RunAsync_InputClosed_IsAtItsEnd() =>
        Assert.That((await Shell("cat; echo end", new ChildOptions { Input = ChildInput.Closed })).Output, Is.EqualTo("end\n"));

    [Test]
    public async Task RunAsync_NoInput_HasNoDescriptor() =>
        Assert.That(
            await Shell("cat || echo none", new ChildOptions { Input = ChildInput.None }),
            Has.Property("Output").EqualTo("none\n").And.Property("Error").Contains("Bad file descriptor"));

    [Test]
    public async Task RunAsync_InputThatNobodyReads_IsNoError() =>
        Assert.That(
            (await Shell("exit 3", new ChildOptions { Input = ChildInput.Text(new string('x', 1_000_000)) })).ExitCode,
            Is.EqualTo(3));

    [Test]
    public void RunAsync_LongerThanTheBound_IsKilledAndSaysWhatWasWritten() =>
        Assert.That(
            () => Shell("echo so far; sleep 600", new ChildOptions { Bound = TimeSpan.FromSeconds(1) }),
            Throws.TypeOf<TimeoutException>().With.Message.Contains("so far"));

    [Test]
    public async Task Signal_Term_ReachesTheProcess()
    {
        await using ChildProcess child = ChildProcess.Start(
            "sh", ["-c", "trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.05; done"]);
        await child.WaitForOutputAsync("ready");

        child.Signal("TERM");

        Assert.That(await child.WaitForExitAsync(), Is.EqualTo(new ChildResult(5, "ready\ncaught\n", "")));
    }

    [Test]
    public async Task Signal_Kill_GivesTheExitCodeOfAShell()
    {
        await using ChildProcess child = ChildProcess.Start("sleep", ["600"]);

        child.Signal("KILL");

        Assert.That((await child.WaitForExitAsync()).ExitCode, Is.EqualTo(128 + 9));
    }

    [Test]
    public async Task WaitForOutputAsync_ProcessEndsWithoutIt_FailsAtOnce()
    {
        await using ChildProcess child = ChildProcess.Start("sh", ["-c", "echo other"]);

        Assert.That(
            () => child.WaitForOutputAsync("ready"),
            Throws.TypeOf<TimeoutException>().With.Message.Contains("other"));
    }

    private static Task<ChildResult> Shell(string script, ChildOptions options) =>
        ChildProcess.RunAsync("/bin/sh", ["-c", script], options);
}
