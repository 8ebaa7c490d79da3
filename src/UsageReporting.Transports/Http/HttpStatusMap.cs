using System.Globalization;
using System.Text.Json;

namespace UsageReporting.Transports.Http;

/// <summary>What an answer means. Pure: an answer and what was sent give a result.</summary>
internal static class HttpStatusMap
{
    public static DeliveryResult Read(HttpAnswer answer, ReportDelivery delivery) => answer.Status switch
    {
        204 => new DeliveryResult.Accepted(),
        200 when IsSubmission(answer) => new DeliveryResult.Accepted(),
        401 or 403 => new DeliveryResult.Unauthorized(),
        429 => TooMany(answer, delivery),
        408 => NotOurs(answer),
        >= 400 and < 500 => new DeliveryResult.Rejected(ProblemErrors.Read(answer)),

        // A server that says 5xx, a redirect, a page of a hotel's network: none of them stored a report and said so.
        _ => NotOurs(answer),
    };

    // Our own server says in a problem document that it stored nothing. Anything else may have come from something in
    // between, after the report was passed on.
    private static DeliveryResult.Unreachable NotOurs(HttpAnswer answer) => new(
        string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}"),
        MaybeReceived: answer.MediaType is not ProblemErrors.MediaType) { RetryAfter = answer.RetryAfter };

    // The answer of a product that counts what it has stored; a page of a hotel's network has no such number.
    private static bool IsSubmission(HttpAnswer answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            JsonElement body = document.RootElement;
            return Text(body, "status") == "success"
                && body.TryGetProperty("submission_id", out JsonElement id)
                && id.ValueKind == JsonValueKind.Number
                && id.TryGetInt64(out _);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not our words. InvalidOperationException is a string that is not Unicode.
            return false;
        }
    }

    private static DeliveryResult TooMany(HttpAnswer answer, ReportDelivery delivery)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            JsonElement body = document.RootElement;
            switch (Text(body, "error"))
            {
                case "already_submitted" when DateField.TryRead(Text(body, "last_sent"), out DateTimeOffset sent):
                    // To a repeat it is the answer that was lost: these very bytes were the report that was accepted.
                    return delivery.IsRepeat && IsTrue(body, "same_report")
                        ? new DeliveryResult.Accepted()
                        : new DeliveryResult.AlreadyReported(sent, Again(sent, delivery.Window));
                case "rate_limited":
                    return new DeliveryResult.Unreachable("rate limited", MaybeReceived: false)
                    {
                        RetryAfter = answer.RetryAfter,
                    };
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not our words: a 429 of something in between. InvalidOperationException is a string that is not Unicode.
        }

        return NotOurs(answer);
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;

    private static bool IsTrue(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.True;

    // A date at the end of time has nothing after it.
    private static DateTimeOffset Again(DateTimeOffset sent, TimeSpan window) =>
        sent > DateTimeOffset.MaxValue - window ? DateTimeOffset.MaxValue : sent + window;
}
