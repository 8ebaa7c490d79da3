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
        Command command = new("send", CommandTexts.Help("HelpSend")) { dryRun, yes };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            bool isDryRun = action.Parsed.GetValue(dryRun);
            bool isYes = action.Parsed.GetValue(yes);
            bool isTerminal = !Console.IsInputRedirected;
            IConsentPrompt prompt = (isDryRun, isYes) switch
            {
                (true, _) => new AnsweredPrompt(
                    ConsentAnswer.No, preview => preview.ToText(isDryRun: true) + "\n", action.Output),
                (_, true) => new AnsweredPrompt(ConsentAnswer.Once, preview => preview.ToText() + "\n", action.Output),
                _ => new ConsoleConsentPrompt(action.Output),
            };

            ReportOutcome outcome = await action.Reporter.ReportAsync(prompt, cancellationToken).ConfigureAwait(false);
            if (isDryRun && outcome is ReportOutcome.Declined)
            {
                await action.Output.WriteLineAsync(action.Texts.Get("SendDryRun")).ConfigureAwait(false);
                return ExitCode.Success;
            }

            await OutcomeLines.WriteAsync(action, outcome).ConfigureAwait(false);
            if (outcome is ReportOutcome.Declined && !isTerminal && !isYes)
            {
                await action.Error.WriteLineAsync(action.Texts.Get("SendNoTerminal"))
                    .ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
