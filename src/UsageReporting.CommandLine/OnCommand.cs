using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace UsageReporting.CommandLine;

/// <summary><c>usage on</c>: a yes for the future.</summary>
internal static class OnCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<UsageLevel?> level = new("--level")
        {
            Description = CommandTexts.Help("HelpOnLevel"),
            HelpName = "basic|middle|full",
            CustomParser = ReadLevel,
        };
        Option<TimeSpan?> lasting = new("--for")
        {
            Description = CommandTexts.Help("HelpOnFor"),
            HelpName = "30d",
            CustomParser = ReadTime,
        };
        Option<bool> json = JsonOutput.Option();
        Command command = new("on", CommandTexts.Help("HelpOn")) { level, lasting, json };
        UsageAction.Set(command, reporter, (action, _) => ChoiceLines.SetAsync(
            action,
            ConsentChoice.Yes,
            action.Parsed.GetValue(json),
            action.Parsed.GetValue(level) ?? UsageLevel.Full,
            action.Parsed.GetValue(lasting)));
        return command;
    }

    private static UsageLevel? ReadLevel(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (text is "basic" or "middle" or "full")
        {
            return Enum.Parse<UsageLevel>(text, ignoreCase: true);
        }

        argument.AddError(CommandTexts.Help("HelpOnBadLevel").Replace("{0}", text, StringComparison.Ordinal));
        return null;
    }

    // "30d": a whole number of hours, days or weeks.
    private static TimeSpan? ReadTime(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        TimeSpan unit = text[^1] switch
        {
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => TimeSpan.Zero,
        };
        if (unit > TimeSpan.Zero
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is > 0 and <= 10_000)
        {
            return count * unit;
        }

        argument.AddError(CommandTexts.Help("HelpOnBadTime").Replace("{0}", text, StringComparison.Ordinal));
        return null;
    }
}
