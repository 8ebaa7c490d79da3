using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage verify</c>: whether the history still holds what was sent.</summary>
internal static class VerifyCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        Command command = new("verify", "Check the reports of the history against the hashes noted when they were sent.");
        UsageAction.Set(command, services, async (action, _) =>
        {
            IReadOnlyList<SentReport> history = await action.Reporter.GetHistoryAsync().ConfigureAwait(false);
            int[] changed = [.. Enumerable.Range(1, history.Count).Where(number => !history[number - 1].IsIntact)];
            string result = changed.Length == 0
                ? $"All {history.Count} are as they were sent."
                : $"No longer as they were sent: {string.Join(", ", changed)}.";
            await action.Output.WriteLineAsync(result).ConfigureAwait(false);
            return changed.Length == 0 ? ExitCode.Success : ExitCode.Mismatch;
        });
        return command;
    }
}
