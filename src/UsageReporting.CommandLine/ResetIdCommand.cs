using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage reset-id</c>: forgets the installation's id.</summary>
internal static class ResetIdCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Command command = new("reset-id", CommandTexts.Help("HelpResetId"));
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            string result = await action.Reporter.ResetIdAsync().ConfigureAwait(false)
                ? action.Texts.Get("IdForgotten")
                : action.Texts.Get(
                    "NotWritten", (await action.Reporter.GetStatusAsync().ConfigureAwait(false)).Place);
            await action.Output.WriteLineAsync(result).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
