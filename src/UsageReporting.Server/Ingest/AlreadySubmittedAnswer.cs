using System.Globalization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Ingest;

/// <summary>429 with the body that clients of any language read.</summary>
internal sealed class AlreadySubmittedAnswer(AlreadySubmitted body) : IResult
{
    private const int Longest = 128;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.ContentType = "application/json";
        int length = Write(response.BodyWriter.GetSpan(Longest));
        response.ContentLength = length;
        response.BodyWriter.Advance(length);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    // None of these values needs an escape.
    private int Write(Span<byte> json)
    {
        Utf8.TryWrite(
            json,
            CultureInfo.InvariantCulture,
            $$"""{"error":"already_submitted","last_sent":"{{DateField.Write(body.LastSent)}}","retry_after_days":{{body.RetryAfterDays}},"same_report":{{(body.IsSameReport ? "true" : "false")}}}""",
            out int length);
        return length;
    }
}
