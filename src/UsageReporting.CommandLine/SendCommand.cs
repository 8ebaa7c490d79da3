using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage send</c>: show, ask, and send what was shown.</summary>
internal static class SendCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        Option<bool> dryRun = new("--dry-run")
        {
            Description = "Show what would be sent and stop. Touches neither network nor disk.",
        };
        Option<bool> yes = new("--yes") { Description = "Send without asking. What is switched off stays off." };
        Command command = new("send", "Show what would be sent, ask, and send it on yes.") { dryRun, yes };
        UsageAction.Set(command, services, async (action, cancellationToken) =>
        {
            bool isDryRun = action.Parsed.GetValue(dryRun);
            bool isYes = action.Parsed.GetValue(yes);
            bool isTerminal = !Console.IsInputRedirected;
            IConsentPrompt prompt = (isDryRun, isYes) switch
            {
                (true, _) => new AnsweredPrompt(
                    ConsentAnswer.No, preview => preview.ToText(isDryRun: true) + "\n", action.Output),
                (_, true) => new AnsweredPrompt(ConsentAnswer.Yes, preview => preview.ToText() + "\n", action.Output),
                _ => new ConsoleConsentPrompt(action.Output),
            };

            ReportOutcome outcome = await action.Reporter.ReportAsync(prompt, cancellationToken).ConfigureAwait(false);
            if (isDryRun && outcome is ReportOutcome.Declined)
            {
                await action.Output.WriteLineAsync("Dry run — nothing sent.").ConfigureAwait(false);
                return ExitCode.Success;
            }

            await OutcomeLines.WriteAsync(action, outcome).ConfigureAwait(false);
            if (outcome is ReportOutcome.Declined && !isTerminal && !isYes)
            {
                await action.Error.WriteLineAsync("There is no terminal to ask at; --yes sends without asking.")
                    .ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
