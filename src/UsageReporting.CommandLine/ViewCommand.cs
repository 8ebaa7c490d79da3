using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage view</c>: what was counted so far, and what of it would be sent; or the next report among everyone's.</summary>
internal static class ViewCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Option<bool> everyone = new("--everyone") { Description = CommandTexts.Help("HelpViewEveryone") };
        Command command = new("view", CommandTexts.Help("HelpView")) { everyone, json };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            if (action.Parsed.GetValue(everyone))
            {
                return await ViewEveryone.RunAsync(action, action.Parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<CountedPeriod> periods = await action.Reporter.Kept.GetCountedAsync().ConfigureAwait(false);
            if (action.Parsed.GetValue(json))
            {
                await JsonOutput.WriteAsync(action, new JsonArray([.. periods.Select(Json)])).ConfigureAwait(false);
                return ExitCode.Success;
            }

            UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
            await OutcomeLines.WriteAsync(
                action.Output,
                [
                    action.Texts.Get("ChoiceKept", StatusCommand.StateOf(status, action.Texts), status.Decision.Because),
                    .. periods.SelectMany(period => Lines(period, action)),
                ]).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<string> Lines(CountedPeriod period, UsageAction action)
    {
        UsageTexts texts = action.Texts;
        string since = TextOf(period.Since) ?? texts.Get("ViewBeginning");
        string heading = period.Until is null ? texts.Get("ViewNext", since) : texts.Get("ViewWaiting", since, TextOf(period.Until));
        string[] goes = [.. Lines(period.Goes, action)];
        return
        [
            "",
            heading,
            .. goes.Length > 0 ? goes : [$"  {texts.Get("ViewNothing")}"],
            .. period.Stays.Count > 0 ? [texts.Get("ViewStays"), .. Lines(period.Stays, action)] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> Lines(IReadOnlyList<CountedWord> counted, UsageAction action) =>
        from word in counted
        group word by word.Field into words
        let field = action.Reporter.Schema.Find(words.Key)
        let label = field is null ? words.Key : action.Texts.Label(field)
        select $"  {label}: {string.Join(", ", words.Select(word => Text(field, word)))}";

    private static string Text(UsageField? field, CountedWord counted)
    {
        string number = counted.Number.ToString(CultureInfo.InvariantCulture);
        return field is CountField ? number : $"{counted.Word} {number}";
    }

    private static JsonObject Json(CountedPeriod period) => new()
    {
        ["since"] = TextOf(period.Since),
        ["until"] = TextOf(period.Until),
        ["goes"] = Json(period.Goes),
        ["stays"] = Json(period.Stays),
    };

    private static JsonArray Json(IReadOnlyList<CountedWord> counted) => new(
    [
        .. counted.Select(word => new JsonObject { ["field"] = word.Field, ["word"] = word.Word, ["number"] = word.Number }),
    ]);

    private static string? TextOf(DateTimeOffset? time) => time is { } at ? DateField.Write(at) : null;
}
