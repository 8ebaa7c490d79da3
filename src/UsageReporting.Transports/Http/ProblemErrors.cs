using System.Text.Json;

namespace UsageReporting.Transports.Http;

/// <summary>
/// The lines of a refusal: the member <c>errors</c> of a problem document (RFC 9457). They come from the network and go
/// to a terminal, so that only printable ASCII passes, and not much of it.
/// </summary>
internal static class ProblemErrors
{
    public const string MediaType = "application/problem+json";

    public static IReadOnlyList<string> Read(HttpAnswer answer)
    {
        if (answer.MediaType is not MediaType)
        {
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } body
                && body.TryGetProperty("errors", out JsonElement errors)
                && errors.ValueKind == JsonValueKind.Object
                ? [.. errors.EnumerateObject().SelectMany(Lines).Take(HttpSinkLimits.ErrorLines)]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Cut off, not JSON, or a string that is not Unicode: the status has been understood all the same.
            return [];
        }
    }

    private static IEnumerable<string> Lines(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Array
            ? field.Value.EnumerateArray()
                .Where(sentence => sentence.ValueKind == JsonValueKind.String)
                .Select(sentence => Line(field.Name, sentence.GetString()!))
            : [];

    private static string Line(string field, string sentence)
    {
        string line = field.Length == 0 ? sentence : $"{field}: {sentence}";
        return string.Concat(line.Where(c => c is >= ' ' and <= '~').Take(HttpSinkLimits.ErrorLength));
    }
}
