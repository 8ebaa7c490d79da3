using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.AspNetCore;

/// <summary>Reads a yes, which is a small JSON object.</summary>
internal static class OptInBody
{
    // Several times the longest that there is.
    private const int MostBytes = 4_096;

    /// <summary>The request, or what is wrong with it.</summary>
    public static async Task<(OptInRequest? Request, IResult? Refusal)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (null, UsageProblems.OnlyJson);
        }

        byte[] body = new byte[MostBytes + 1];
        int length = request.ContentLength > MostBytes
            ? body.Length
            : await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MostBytes ? (null, UsageProblems.TooLarge) : Read(body.AsSpan(0, length));
    }

    private static (OptInRequest? Request, IResult? Refusal) Read(ReadOnlySpan<byte> body)
    {
        OptInRequest? read;
        try
        {
            read = JsonSerializer.Deserialize(body, AnswerJson.Readable.OptInRequest);
        }
        catch (JsonException)
        {
            read = null;
        }

        return read switch
        {
            null => (null, UsageProblems.Invalid("", "The body is a JSON object with the member terms, and perhaps level and days.")),
            { Level: not null } when LevelText.Read(read.Level) is null => (null, UsageProblems.Invalid("level", LevelText.Rule)),
            { Days: < 1 or > OptInRequest.MostDays } =>
                (null, UsageProblems.Invalid("days", "It is a whole number from 1 to 3660.")),
            _ => (read, null),
        };
    }
}
