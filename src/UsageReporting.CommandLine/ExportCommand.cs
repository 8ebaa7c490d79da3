using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage export</c>: everything that is kept here or, remotely, stored by the endpoints, for the person to take along.</summary>
internal static class ExportCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> remote = new("--remote") { Description = CommandTexts.Help("HelpExportRemote") };
        Command command = new("export", CommandTexts.Help("HelpExport")) { remote };
        UsageAction.Set(command, reporter, async (action, cancellationToken) =>
        {
            if (action.Parsed.GetValue(remote))
            {
                return await WriteRemoteAsync(action, cancellationToken).ConfigureAwait(false);
            }

            await JsonOutput.WriteAsync(action, await action.Reporter.Kept.ExportAsync().ConfigureAwait(false))
                .ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> WriteRemoteAsync(UsageAction action, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Destination, TakeBackResult Result)> results =
            await action.Reporter.ExportAsync(cancellationToken).ConfigureAwait(false);
        JsonNode?[] stored = [.. results.Select(result => Parse(result.Result)).Where(json => json is not null)];
        await JsonOutput.WriteAsync(action, new JsonArray(stored)).ConfigureAwait(false);
        (string Destination, string Reason)[] missing = [.. results.Where(IsMissing).Select(result => (result.Destination, ReasonOf(result.Result)))];
        foreach ((string destination, string reason) in missing.DistinctBy(result => result.Destination))
        {
            await action.Error.WriteLineAsync(action.Texts.Get("ExportMissing", destination, reason)).ConfigureAwait(false);
        }

        return missing.Length > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static bool IsMissing((string Destination, TakeBackResult Result) result) =>
        result.Result is TakeBackResult.Unreachable || (result.Result is TakeBackResult.Answered && Parse(result.Result) is null);

    private static string ReasonOf(TakeBackResult result) => result is TakeBackResult.Unreachable { Reason: var reason } ? reason : "no JSON";

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
