using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage show</c>: one report of the history, byte for byte.</summary>
internal static class ShowCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Argument<int> number = new("number")
        {
            Description = CommandTexts.Help("HelpShowNumber"),
            DefaultValueFactory = _ => 1,
        };
        Command command = new("show", CommandTexts.Help("HelpShow")) { number };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            IReadOnlyList<SentReport> history = await action.Reporter.GetHistoryAsync().ConfigureAwait(false);
            int wanted = action.Parsed.GetValue(number);
            if (wanted < 1 || wanted > history.Count)
            {
                await action.Error.WriteLineAsync(action.Texts.Get("ShowNone", wanted, history.Count))
                    .ConfigureAwait(false);
                return ExitCode.Misuse;
            }

            await action.Output.WriteLineAsync(history[wanted - 1].Report).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
