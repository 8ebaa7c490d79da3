using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage forget</c>: forgets everything that is kept here.</summary>
internal static class ForgetCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("forget", CommandTexts.Help("HelpForget")) { json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            bool isForgotten = await action.Reporter.ForgetAsync().ConfigureAwait(false);
            bool isJson = action.Parsed.GetValue(json);
            if (isJson)
            {
                await JsonOutput.WriteAsync(action, new JsonObject { ["forgotten"] = isForgotten }).ConfigureAwait(false);
            }

            if (!isForgotten)
            {
                UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
                await action.Error.WriteLineAsync(action.Texts.Get("NotForgotten", status.Place)).ConfigureAwait(false);
                return ExitCode.Failure;
            }

            if (!isJson)
            {
                await action.Output.WriteLineAsync(action.Texts.Get("Forgotten")).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
