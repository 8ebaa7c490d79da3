using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace UsageReporting.CommandLine;

/// <summary><c>usage show</c>: one report of the history, byte for byte.</summary>
internal static class ShowCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Argument<int> number = new("number")
        {
            Description = CommandTexts.Help("HelpShowNumber"),
            DefaultValueFactory = _ => 1,
            CustomParser = Parse,
        };
        Option<bool> json = JsonOutput.Option();
        Command command = new("show", CommandTexts.Help("HelpShow")) { number, json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            IReadOnlyList<SentReport> history = await action.Reporter.GetHistoryAsync().ConfigureAwait(false);
            int wanted = action.Parsed.GetValue(number);
            if (wanted < 1 || wanted > history.Count)
            {
                await action.Error.WriteLineAsync(action.Texts.Get("ShowNone", wanted, history.Count))
                    .ConfigureAwait(false);
                return ExitCode.Misuse;
            }

            SentReport sent = history[wanted - 1];
            await (action.Parsed.GetValue(json)
                ? JsonOutput.WriteAsync(action, HistoryCommand.Json(sent))
                : action.Output.WriteLineAsync(sent.Report)).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    // In a person's words; the parser's own name a type of .NET.
    private static int Parse(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            argument.AddError(CommandTexts.Help("HelpShowNoNumber").Replace("{0}", text, StringComparison.Ordinal));
        }

        return number;
    }
}
