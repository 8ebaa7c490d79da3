using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage preview</c>: what would be sent.</summary>
internal static class PreviewCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = new("--json") { Description = CommandTexts.Help("HelpPreviewJson") };
        Command command = new("preview", CommandTexts.Help("HelpPreview")) { json };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            bool asJson = action.Parsed.GetValue(json);
            AnsweredPrompt prompt = new(
                ConsentAnswer.No,
                preview => asJson ? preview.Json + "\n" : preview.ToText(isDryRun: true),
                action.Output);
            ReportOutcome outcome = await action.Reporter.ReportAsync(prompt, cancellationToken).ConfigureAwait(false);
            if (outcome is not ReportOutcome.Declined)
            {
                IReadOnlyList<string> lines = action.Reporter.Describe(outcome);
                await (asJson
                    ? JsonOutput.WriteAsync(action, OutcomeJson.Of(outcome, lines))
                    : OutcomeLines.WriteAsync(action, lines)).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
