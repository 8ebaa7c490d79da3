using System.CommandLine;

namespace UsageReporting.CommandLine;

/// <summary><c>usage off</c>: a no for the future.</summary>
internal static class OffCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("off", CommandTexts.Help("HelpOff")) { json };
        UsageAction.Set(
            command, reporter, (action, _) => ChoiceLines.SetAsync(action, ConsentChoice.No, action.Parsed.GetValue(json)));
        return command;
    }
}
