using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage verify</c>: whether the history still holds what was sent.</summary>
internal static class VerifyCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("verify", CommandTexts.Help("HelpVerify")) { json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            IReadOnlyList<SentReport> history = await action.Reporter.GetHistoryAsync().ConfigureAwait(false);
            int[] changed = [.. Enumerable.Range(1, history.Count).Where(number => !history[number - 1].IsIntact)];
            string result = changed.Length == 0
                ? action.Texts.Get("VerifyIntact", history.Count)
                : action.Texts.Get("VerifyChanged", string.Join(", ", changed));
            await (action.Parsed.GetValue(json)
                ? JsonOutput.WriteAsync(action, Json(history.Count, changed))
                : action.Output.WriteLineAsync(result)).ConfigureAwait(false);
            return changed.Length == 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static JsonObject Json(int count, int[] changed) => new()
    {
        ["checked"] = count,
        ["changed"] = new JsonArray([.. changed.Select(number => JsonValue.Create(number))]),
    };
}
