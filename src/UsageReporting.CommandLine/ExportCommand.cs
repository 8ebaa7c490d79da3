using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage export</c>: everything that is kept here, for the person to take along.</summary>
internal static class ExportCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Command command = new("export", CommandTexts.Help("HelpExport"));
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            await JsonOutput.WriteAsync(action, await action.Reporter.Kept.ExportAsync().ConfigureAwait(false))
                .ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
