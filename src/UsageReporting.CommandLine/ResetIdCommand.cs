using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage reset-id</c>: forgets the installation's id.</summary>
internal static class ResetIdCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        Command command = new("reset-id", "Forget the installation's id; the next report counts as a new installation.");
        UsageAction.Set(command, services, async (action, _) =>
        {
            string result = await action.Reporter.ResetIdAsync().ConfigureAwait(false)
                ? "The installation's id is forgotten. The next report draws a new one."
                : $"Could not write to {(await action.Reporter.GetStatusAsync().ConfigureAwait(false)).Place}. The installation's id is kept.";
            await action.Output.WriteLineAsync(result).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
