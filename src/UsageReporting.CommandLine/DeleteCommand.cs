using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage delete</c>: deletes what was counted, and leaves the choice as it is.</summary>
internal static class DeleteCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("delete", CommandTexts.Help("HelpDelete")) { json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            bool isDeleted = await action.Reporter.Kept.DeleteCountedAsync().ConfigureAwait(false);
            bool isJson = action.Parsed.GetValue(json);
            if (isJson)
            {
                await JsonOutput.WriteAsync(action, new JsonObject { ["deleted"] = isDeleted }).ConfigureAwait(false);
            }

            if (!isDeleted)
            {
                UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
                await action.Error.WriteLineAsync(action.Texts.Get("NotDeleted", status.Place)).ConfigureAwait(false);
                return ExitCode.Failure;
            }

            if (!isJson)
            {
                await action.Output.WriteLineAsync(action.Texts.Get("Deleted")).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
