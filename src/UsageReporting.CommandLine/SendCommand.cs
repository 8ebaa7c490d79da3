using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage send</c>: show, ask, and send what was shown.</summary>
internal static class SendCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> dryRun = new("--dry-run")
        {
            Description = CommandTexts.Help("HelpSendDryRun"),
        };
        Option<bool> yes = new("--yes") { Description = CommandTexts.Help("HelpSendYes") };
        Option<bool> json = new("--json") { Description = CommandTexts.Help("HelpSendJson") };
        Command command = new("send", CommandTexts.Help("HelpSend")) { dryRun, yes, json };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            bool isDryRun = action.Parsed.GetValue(dryRun);
            bool isYes = action.Parsed.GetValue(yes);
            bool isJson = action.Parsed.GetValue(json);
            bool isTerminal = !Console.IsInputRedirected;

            // A person sees what is sent also where a program reads the answer.
            TextWriter shown = isJson ? action.Error : action.Output;
            IConsentPrompt prompt = (isDryRun, isYes) switch
            {
                (true, _) => new AnsweredPrompt(
                    ConsentAnswer.No, preview => preview.ToText(isDryRun: true) + "\n", shown),
                (_, true) => new AnsweredPrompt(ConsentAnswer.Once, preview => preview.ToText() + "\n", shown),
                _ => new ConsoleConsentPrompt(shown),
            };

            ReportOutcome outcome = await action.Reporter.ReportAsync(prompt, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> lines = isDryRun && outcome is ReportOutcome.Declined
                ? [action.Texts.Get("SendDryRun")]
                : action.Reporter.Describe(outcome);
            await (isJson
                ? JsonOutput.WriteAsync(action, OutcomeJson.Of(outcome, lines))
                : OutcomeLines.WriteAsync(action.Output, lines)).ConfigureAwait(false);
            if (!isDryRun)
            {
                // Also where reporting is off by now: an erasure is what the person asked for.
                await action.Reporter.AskToEraseAgainAsync(cancellationToken).ConfigureAwait(false);
            }

            if (outcome is ReportOutcome.Declined && !isTerminal && !isYes && !isDryRun)
            {
                await action.Error.WriteLineAsync(action.Texts.Get("SendNoTerminal"))
                    .ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
