using System.Text.Json.Nodes;

namespace UsageReporting.CommandLine;

/// <summary>What <c>usage status --verbose</c> adds.</summary>
internal static class StatusDetails
{
    public static IEnumerable<(string Label, string Value)> Lines(UsageDetails details, UsageTexts texts)
    {
        yield return (texts.Get("StatusLevel"), details.Status.Decision.Level.ToString().ToLowerInvariant());
        yield return (texts.Get("StatusSince"), TextOf(details.Since) ?? texts.Get("StatusNotSet"));
        yield return (
            texts.Get("StatusUntil"), TextOf(details.Until) ?? texts.Get(details.Since is null ? "StatusNotSet" : "StatusNoEnd"));
        yield return (texts.Get("StatusLastSent"), details.LastSent is { } sent ? $"{DateField.Write(sent.At)} ({sent.Answer})" : texts.Get("StatusNever"));
        yield return (
            texts.Get("StatusNextDue"),
            TextOf(details.NextDue)
                ?? texts.Get(details.Status.Decision.State == ConsentState.On ? "StatusDueNow" : "StatusNotSet"));
        IEnumerable<string> kept = details.Kept.Select(
            document => document.IsThere ? document.Place : texts.Get("StatusNotThere", document.Place));
        foreach ((string label, string value) in Listed(texts.Get("StatusFiles"), kept)
            .Concat(Listed(texts.Get("StatusSwitches"), details.Switches)))
        {
            yield return (label, value);
        }
    }

    public static JsonObject Json(UsageDetails details, IdentityKind identity, JsonObject status)
    {
        status["identity"] = identity.ToString().ToLowerInvariant();
        status["since"] = TextOf(details.Since);
        status["until"] = TextOf(details.Until);
        status["lastSent"] = TextOf(details.LastSent?.At);
        status["lastAnswer"] = details.LastSent?.Answer;
        status["nextDue"] = TextOf(details.NextDue);
        status["kept"] = new JsonObject(details.Kept.Select(document => KeyValuePair.Create(document.Place, (JsonNode?)document.IsThere)));
        status["switches"] = new JsonArray([.. details.Switches.Select(place => JsonValue.Create(place))]);
        return status;
    }

    private static IEnumerable<(string Label, string Value)> Listed(string label, IEnumerable<string> values) =>
        values.Select((value, i) => (i == 0 ? label : "", value));

    private static string? TextOf(DateTimeOffset? time) => time is { } at ? DateField.Write(at) : null;
}
