using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage local</c>: collect, and never send.</summary>
internal static class LocalCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("local", CommandTexts.Help("HelpLocal")) { json };
        UsageAction.Set(
            command, reporter, (action, _) => ChoiceLines.SetAsync(action, ConsentChoice.Local, action.Parsed.GetValue(json)));
        return command;
    }
}
