using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage endpoints</c>: where reports of each level go, so that a network can be closed for some of them.</summary>
internal static class EndpointsCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("endpoints", CommandTexts.Help("HelpEndpoints")) { json };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            IReadOnlyList<UsageEndpoint> endpoints = action.Reporter.Endpoints;
            if (action.Parsed.GetValue(json))
            {
                await JsonOutput.WriteAsync(action, new JsonArray([.. endpoints.Select(Json)])).ConfigureAwait(false);
                return ExitCode.Success;
            }

            (string Level, string Destination)[] lines =
                [.. endpoints.Select(endpoint => (LevelOf(endpoint) ?? action.Texts.Get("EndpointsAll"), endpoint.Destination))];
            int width = lines.Max(line => line.Level.Length);
            foreach ((string level, string destination) in lines)
            {
                await action.Output.WriteLineAsync($"{level.PadRight(width)} : {destination}").ConfigureAwait(false);
            }

            foreach (string numbers in endpoints.Select(endpoint => endpoint.Numbers).OfType<string>().Distinct())
            {
                await action.Output.WriteLineAsync(action.Texts.Get("EndpointsNumbers", numbers)).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static JsonObject Json(UsageEndpoint endpoint) => new()
    {
        ["level"] = LevelOf(endpoint),
        ["destination"] = endpoint.Destination,
        ["numbers"] = endpoint.Numbers,
    };

    private static string? LevelOf(UsageEndpoint endpoint) => endpoint.Level?.ToString().ToLowerInvariant();
}
