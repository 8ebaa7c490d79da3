using System.CommandLine;
using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary><c>usage status</c>: whether reporting is on, and why.</summary>
internal static class StatusCommand
{
    public static Command Create(Func<ParseResult, UsageReporter> reporter)
    {
        Option<bool> json = JsonOutput.Option();
        Option<bool> verbose = new("--verbose") { Description = CommandTexts.Help("HelpStatusVerbose") };
        Command command = new("status", CommandTexts.Help("HelpStatus")) { json, verbose };
        UsageAction.Set(command, reporter, async (action, _) =>
        {
            bool isVerbose = action.Parsed.GetValue(verbose);
            UsageDetails details = await action.Reporter.GetDetailsAsync().ConfigureAwait(false);
            UsageStatus status = details.Status;
            IdentityKind identity = action.Reporter.Schema.Header.Identity.Kind;
            if (action.Parsed.GetValue(json))
            {
                await JsonOutput.WriteAsync(action, isVerbose ? StatusDetails.Json(details, identity, Json(status)) : Json(status))
                    .ConfigureAwait(false);
                return ExitCode.Success;
            }

            UsageTexts texts = action.Texts;
            (string Label, string Value)[] lines =
            [
                (texts.Get("StatusState"), StateOf(status, texts)),
                (texts.Get("StatusBecause"), status.Decision.Because),
                (texts.Get("StatusInstallationId"), IdOf(status.InstallationId, identity, texts)),
                (texts.Get("StatusDestinations"), string.Join(", ", status.Destinations)),
                (texts.Get("StatusUnanswered"), texts.Get(status.IsWaiting ? "StatusWaiting" : "StatusNothingWaits")),
                (texts.Get("StatusPlace"), status.Place),
                .. isVerbose ? StatusDetails.Lines(details, texts) : [],
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

    /// <summary>How reporting stands, in a few words.</summary>
    public static string StateOf(UsageStatus status, UsageTexts texts) => status.Decision.State switch
    {
        ConsentState.Off => texts.Get("StatusOff"),
        ConsentState.Local => texts.Get("StatusLocal"),
        ConsentState.On => texts.Get("StatusOn", status.Decision.Level.ToString().ToLowerInvariant()),
        _ => texts.Get(status.Mode == ConsentMode.AskEachTime ? "StatusAsk" : "StatusAskFirst"),
    };

    private static string IdOf(string? id, IdentityKind kind, UsageTexts texts) =>
        id is not null ? texts.Get("StatusId", id, texts.Kind(kind))
        : kind == IdentityKind.None ? texts.Get("StatusNoIdEver", texts.Kind(kind))
        : texts.Get("StatusNoId");

    /// <summary>The same for a program.</summary>
    public static JsonObject Json(UsageStatus status) => new()
    {
        ["state"] = status.Decision.State.ToString().ToLowerInvariant(),
        ["level"] = status.Decision.Level.ToString().ToLowerInvariant(),
        ["because"] = status.Decision.Because,
        ["installationId"] = status.InstallationId,
        ["destinations"] = new JsonArray([.. status.Destinations.Select(destination => JsonValue.Create(destination))]),
        ["unanswered"] = status.IsWaiting,
        ["place"] = status.Place,
    };
}
