using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage local</c>: collect, and never send.</summary>
internal static class LocalCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("local", CommandTexts.Help("HelpLocal")) { json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            // Whoever said yes to less looks at no more now.
            ConsentDecision decision = (await action.Reporter.GetStatusAsync().ConfigureAwait(false)).Decision;
            UsageLevel level = decision.State is ConsentState.On or ConsentState.Local ? decision.Level : UsageLevel.Full;
            return await ChoiceLines.SetAsync(action, ConsentChoice.Local, action.Parsed.GetValue(json), level)
                .ConfigureAwait(false);
        });
        return command;
    }
}
