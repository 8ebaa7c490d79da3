using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage preview</c>: what would be sent.</summary>
internal static class PreviewCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = new("--json") { Description = CommandTexts.Help("HelpPreviewJson") };
        Option<bool> diff = new("--diff") { Description = CommandTexts.Help("HelpPreviewDiff") };
        Command command = new("preview", CommandTexts.Help("HelpPreview")) { json, diff };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            if (action.Parsed.GetValue(diff))
            {
                await OutcomeLines.WriteAsync(action.Output, await DiffAsync(action.Reporter).ConfigureAwait(false))
                    .ConfigureAwait(false);
                return ExitCode.Success;
            }

            bool asJson = action.Parsed.GetValue(json);
            bool isShown = false;
            AnsweredPrompt prompt = new(
                ConsentAnswer.No,
                preview =>
                {
                    isShown = true;
                    return asJson
                        ? string.Concat(preview.Renderings.Select(rendering => rendering.Text + "\n"))
                        : preview.ToText(isDryRun: true);
                },
                action.Output);
            ReportOutcome outcome = await action.Reporter.ReportAsync(prompt, cancellationToken).ConfigureAwait(false);
            if (outcome is not ReportOutcome.Declined)
            {
                IReadOnlyList<string> lines = action.Reporter.Describe(outcome);
                // Also where a report is shown that is kept here; a program that reads it reads nothing else.
                await (asJson && !isShown
                    ? JsonOutput.WriteAsync(action, OutcomeJson.Of(outcome, lines))
                    : OutcomeLines.WriteAsync(asJson ? action.Error : action.Output, lines)).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> DiffAsync(UsageReporter reporter) =>
        await reporter.GetAgreedSchemaAsync().ConfigureAwait(false) is { } agreed
            ? DifferenceLines.Of(
                agreed,
                reporter.Schema,
                (await reporter.GetStatusAsync().ConfigureAwait(false)).Decision,
                reporter.Texts)
            : [reporter.Texts.Get("DifferenceNothingAgreed")];
}
