using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage history</c>: what was sent, the latest first.</summary>
internal static class HistoryCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("history", CommandTexts.Help("HelpHistory")) { json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            IReadOnlyList<SentReport> history = await action.Reporter.GetHistoryAsync().ConfigureAwait(false);
            if (action.Parsed.GetValue(json))
            {
                await JsonOutput.WriteAsync(action, new JsonArray([.. history.Select(Json)])).ConfigureAwait(false);
                return ExitCode.Success;
            }

            if (history.Count == 0)
            {
                await action.Output.WriteLineAsync(action.Texts.Get("HistoryEmpty")).ConfigureAwait(false);
            }

            int width = history.Select(sent => sent.Answer.Length).DefaultIfEmpty().Max();
            for (int i = 0; i < history.Count; i++)
            {
                SentReport sent = history[i];
                await action.Output.WriteLineAsync(
                    $"{i + 1,3}  {DateField.Write(sent.At)}  {sent.Answer.PadRight(width)}  {sent.Destination}")
                    .ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>One report of the history, for a program.</summary>
    public static JsonObject Json(SentReport sent) => new()
    {
        ["at"] = DateField.Write(sent.At),
        ["destination"] = sent.Destination,
        ["answer"] = sent.Answer,
        ["sha256"] = sent.Sha256,
        ["report"] = sent.Report,
    };
}
