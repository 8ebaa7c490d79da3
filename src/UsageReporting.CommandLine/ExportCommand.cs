using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage export --remote</c>: what the endpoints have stored.</summary>
internal static class ExportCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> remote = new("--remote") { Description = CommandTexts.Help("HelpExportRemote"), Required = true };
        Command command = new("export", CommandTexts.Help("HelpExport")) { remote };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            IReadOnlyList<(string Destination, TakeBackResult Result)> results =
                await action.Reporter.ExportAsync(cancellationToken).ConfigureAwait(false);
            JsonNode?[] stored = [.. results.Select(result => Parse(result.Result)).Where(json => json is not null)];
            await JsonOutput.WriteAsync(action, new JsonArray(stored)).ConfigureAwait(false);
            foreach (string destination in results.Where(IsMissing).Select(result => result.Destination).Distinct())
            {
                await action.Error.WriteLineAsync(action.Texts.Get("ExportMissing", destination)).ConfigureAwait(false);
            }

            return results.Any(IsMissing) ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static bool IsMissing((string Destination, TakeBackResult Result) result) =>
        result.Result is TakeBackResult.Unreachable || (result.Result is TakeBackResult.Answered && Parse(result.Result) is null);

    private static JsonNode? Parse(TakeBackResult result)
    {
        try
        {
            return result is TakeBackResult.Answered { Json: var json } ? JsonNode.Parse(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
