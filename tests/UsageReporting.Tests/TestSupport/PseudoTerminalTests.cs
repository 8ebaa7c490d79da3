using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Processes;

namespace UsageReporting.Tests.TestSupport;

[RequiresTool("script", "bsdutils")]
public sealed class PseudoTerminalTests
{
    [Test]
    public async Task RunAsync_QuestionAndAnswer_GivesScreenAndExitCode()
    {
        ChildResult result = await PseudoTerminal.RunAsync(
            "sh",
            ["-c", "test -t 0 && test -t 1 && printf 'it'\"'\"'s? ' && read a && echo \"<$a>\" && stty size && exit 7"],
            [new Typed("it's? ", "yes\n")]);

        Assert.That(result.Output, Does.StartWith("it's? ").And.Contain("<yes>\n").And.Contain("40 100\n"));
        Assert.That(result.ExitCode, Is.EqualTo(7));
    }

    [Test]
    public async Task RunAsync_SamePromptTwice_IsAnsweredTwice()
    {
        ChildResult result = await PseudoTerminal.RunAsync(
            "sh",
            ["-c", "printf '? '; read a; printf '? '; read b; echo \"$a-$b\""],
            [new Typed("? ", "one\n"), new Typed("? ", "two\n")]);

        Assert.That(result.Output, Does.Contain("one-two\n"));
    }

    [Test]
    public async Task RunAsync_CtrlC_InterruptsTheCommand()
    {
        ChildResult result = await PseudoTerminal.RunAsync(
            "sh", ["-c", "trap 'exit 130' INT; echo ready; while :; do sleep 0.05; done"], [new Typed("ready", "\u0003")]);

        Assert.That(result.ExitCode, Is.EqualTo(130));
    }

    [Test]
    public void RunAsync_PromptThatDoesNotCome_FailsAndShowsTheScreen() =>
        Assert.That(
            () => PseudoTerminal.RunAsync("echo", ["something else"], [new Typed("Send? ", "y\n")]),
            Throws.TypeOf<TimeoutException>().With.Message.Contains("something else"));
}
