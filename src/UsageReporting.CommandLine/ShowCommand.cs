using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage show</c>: one report of the history, byte for byte.</summary>
internal static class ShowCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        Argument<int> number = new("number")
        {
            Description = "Its number in the history; 1, the latest, if it is left out.",
            DefaultValueFactory = _ => 1,
        };
        Command command = new("show", "Print one report of the history, byte for byte.") { number };
        UsageAction.Set(command, services, async (action, _) =>
        {
            IReadOnlyList<SentReport> history = await action.Reporter.GetHistoryAsync().ConfigureAwait(false);
            int wanted = action.Parsed.GetValue(number);
            if (wanted < 1 || wanted > history.Count)
            {
                await action.Error.WriteLineAsync($"There is no report {wanted} in the history, which has {history.Count}.")
                    .ConfigureAwait(false);
                return ExitCode.Misuse;
            }

            await action.Output.WriteLineAsync(history[wanted - 1].Report).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
