using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage reset-id</c>: forgets the installation's id.</summary>
internal static class ResetIdCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("reset-id", CommandTexts.Help("HelpResetId")) { json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            bool isForgotten = await action.Reporter.ResetIdAsync().ConfigureAwait(false);
            bool isJson = action.Parsed.GetValue(json);
            if (isJson)
            {
                await JsonOutput.WriteAsync(action, new JsonObject { ["forgotten"] = isForgotten }).ConfigureAwait(false);
            }

            if (!isForgotten)
            {
                UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
                await action.Error.WriteLineAsync(action.Texts.Get("NotWritten", status.Place)).ConfigureAwait(false);
                return ExitCode.Failure;
            }

            if (!isJson)
            {
                await action.Output.WriteLineAsync(action.Texts.Get("IdForgotten")).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
