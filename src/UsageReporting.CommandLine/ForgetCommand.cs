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
            if (!await action.Reporter.ForgetAsync().ConfigureAwait(false))
            {
                UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
                await action.Error.WriteLineAsync(action.Texts.Get("NotForgotten", status.Place)).ConfigureAwait(false);
                return ExitCode.Failure;
            }

            await action.Output.WriteLineAsync(action.Texts.Get("Forgotten")).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
