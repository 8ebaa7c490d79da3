using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace UsageReporting.Tests.GoogleAnalytics;

/// <summary>
/// The request that Google's page "Measurement Protocol reference" describes, with the limits of "Send Measurement Protocol events to
/// Google Analytics" and the reserved names of "Event naming rules": written from these pages and not from our code.
/// </summary>
internal static partial class MeasurementShape
{
    private static readonly string[] ReservedEvents =
    [
        "ad_impression", "app_remove", "app_store_refund", "app_store_subscription_cancel", "app_store_subscription_renew", "click", "error",
        "file_download", "first_open", "first_visit", "form_start", "form_submit", "in_app_purchase", "page_view", "scroll",
        "session_start", "user_engagement", "view_complete", "video_progress", "video_start", "view_search_results",
    ];

    private static readonly string[] ReservedParameters = ["gclid", "session_number"];

    private static readonly string[] Members =
    [
        "client_id", "user_id", "timestamp_micros", "user_properties", "user_data", "consent", "non_personalized_ads", "user_location",
        "ip_override", "device", "validation_behavior", "events",
    ];

    public static string BodyOf(string request) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(request.Split("\r\n\r\n", 2)[1]));

    public static IReadOnlyList<string> MistakesIn(string request)
    {
        List<string> mistakes = [];
        string[] parts = request.Split("\r\n\r\n", 2);
        Require(Line().IsMatch(parts[0].Split("\r\n")[0]), "request line");
        Require(parts[0].Contains("\r\nContent-Type: application/json", StringComparison.Ordinal), "content type");
        Require(!parts[0].Contains("Content-Encoding", StringComparison.OrdinalIgnoreCase), "encoding");
        Require(parts[1].Length < 130_000, "size");
        JsonElement body = JsonDocument.Parse(BodyOf(request)).RootElement;
        Require(body.EnumerateObject().All(member => Members.Contains(member.Name)), "members");
        Require(body.GetProperty("client_id").GetString() is { Length: > 0 }, "client_id");
        Require(
            body.GetProperty("consent").EnumerateObject().All(member =>
                member.Name is "ad_user_data" or "ad_personalization" && member.Value.GetString() is "GRANTED" or "DENIED"),
            "consent");
        JsonElement[] events = [.. body.GetProperty("events").EnumerateArray()];
        Require(events.Length is >= 1 and <= 25, "number of events");
        foreach (JsonElement one in events)
        {
            string name = one.GetProperty("name").GetString()!;
            Require(IsName(name) && !ReservedEvents.Contains(name), $"event {name}");
            JsonProperty[] parameters = [.. one.GetProperty("params").EnumerateObject()];
            Require(parameters.Length <= 25, $"number of parameters of {name}");
            foreach (JsonProperty parameter in parameters)
            {
                Require(IsName(parameter.Name) && !ReservedParameters.Contains(parameter.Name), $"parameter {parameter.Name}");
                Require(
                    parameter.Value.ValueKind == JsonValueKind.Number
                        || parameter.Value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length <= 100,
                    $"value of {parameter.Name}");
            }
        }

        return mistakes;

        void Require(bool holds, string what)
        {
            if (!holds)
            {
                mistakes.Add(what);
            }
        }
    }

    private static bool IsName(string name) =>
        Name().IsMatch(name) && !name.StartsWith("ga_", StringComparison.Ordinal)
        && !name.StartsWith("google_", StringComparison.Ordinal) && !name.StartsWith("firebase_", StringComparison.Ordinal);

    [GeneratedRegex(@"\APOST /mp/collect\?measurement_id=G-[A-Z0-9]+&api_secret=[A-Za-z0-9_-]+ HTTP/1\.1\z")]
    private static partial Regex Line();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,39}\z")]
    private static partial Regex Name();
}
