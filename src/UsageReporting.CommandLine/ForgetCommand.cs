using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage forget</c>: forgets everything that is kept here.</summary>
internal static class ForgetCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Command command = new("forget", CommandTexts.Help("HelpForget"));
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            string line = await action.Reporter.ForgetAsync().ConfigureAwait(false)
                ? action.Texts.Get("Forgotten")
                : action.Texts.Get(
                    "NotWritten", (await action.Reporter.GetStatusAsync().ConfigureAwait(false)).Place);
            await action.Output.WriteLineAsync(line).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
