using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary>What <c>usage status --verbose</c> adds.</summary>
internal static class StatusDetails
{
    public static IEnumerable<(string Label, string Value)> Lines(UsageDetails details, UsageTexts texts)
    {
        yield return (texts.Get("StatusLevel"), details.Status.Decision.Level.ToString().ToLowerInvariant());
        yield return (texts.Get("StatusSince"), TextOf(details.Since) ?? texts.Get("StatusNotSet"));
        yield return (texts.Get("StatusUntil"), TextOf(details.Until) ?? texts.Get("StatusNotSet"));
        yield return (texts.Get("StatusLastSent"), TextOf(details.LastSent) ?? texts.Get("StatusNever"));
        yield return (texts.Get("StatusNextDue"), TextOf(details.NextDue) ?? texts.Get("StatusNotSet"));
        string[] kept = [.. details.Kept.Where(document => document.Value).Select(document => document.Key)];
        yield return (texts.Get("StatusFiles"), kept.Length == 0 ? texts.Get("StatusNone") : string.Join(", ", kept));
        string label = texts.Get("StatusSwitches");
        foreach (string place in details.Switches)
        {
            yield return (label, place);
            label = "";
        }
    }

    public static JsonObject Json(UsageDetails details, IdentityKind identity, JsonObject status)
    {
        status["identity"] = identity.ToString().ToLowerInvariant();
        status["since"] = TextOf(details.Since);
        status["until"] = TextOf(details.Until);
        status["lastSent"] = TextOf(details.LastSent);
        status["nextDue"] = TextOf(details.NextDue);
        status["kept"] = new JsonObject(details.Kept.Select(document => KeyValuePair.Create(document.Key, (JsonNode?)document.Value)));
        status["switches"] = new JsonArray([.. details.Switches.Select(place => JsonValue.Create(place))]);
        return status;
    }

    private static string? TextOf(DateTimeOffset? time) => time is { } at ? DateField.Write(at) : null;
}
