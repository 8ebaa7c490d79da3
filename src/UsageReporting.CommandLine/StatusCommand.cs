using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage status</c>: whether reporting is on, and why.</summary>
internal static class StatusCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        Option<bool> json = JsonOutput.Option();
        Command command = new("status", "Say whether anything may be reported, why, and where it would go.") { json };
        UsageAction.Set(command, services, async (action, _) =>
        {
            UsageStatus status = await action.Reporter.GetStatusAsync().ConfigureAwait(false);
            if (action.Parsed.GetValue(json))
            {
                await JsonOutput.WriteAsync(action, Json(status)).ConfigureAwait(false);
                return ExitCode.Success;
            }

            (string Label, string Value)[] lines =
            [
                ("Usage reporting", status.Decision.State == ConsentState.Off ? "off" : "asks each time"),
                ("Because", status.Decision.Because),
                ("Installation ID", status.InstallationId ?? "none; one is kept with the first report"),
                ("Sent to", string.Join(", ", status.Destinations)),
                ("Unanswered", status.IsWaiting ? "a report was sent and no answer came" : "nothing"),
                ("Kept in", status.Place),
            ];
            int width = lines.Max(line => line.Label.Length);
            foreach ((string label, string value) in lines)
            {
                await action.Output.WriteLineAsync($"{label.PadRight(width)} : {value}").ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static JsonObject Json(UsageStatus status) => new()
    {
        ["state"] = status.Decision.State.ToString().ToLowerInvariant(),
        ["because"] = status.Decision.Because,
        ["installationId"] = status.InstallationId,
        ["destinations"] = new JsonArray([.. status.Destinations.Select(destination => JsonValue.Create(destination))]),
        ["unanswered"] = status.IsWaiting,
        ["place"] = status.Place,
    };
}
