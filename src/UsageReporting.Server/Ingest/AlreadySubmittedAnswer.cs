using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Ingest;

/// <summary>429 with the body that clients of any language read.</summary>
internal sealed class AlreadySubmittedAnswer(AlreadySubmitted body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArrayBufferWriter<byte> json = new();
        await using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            writer.WriteString("error", "already_submitted");
            writer.WriteString("last_sent", DateField.Write(body.LastSent));
            writer.WriteNumber("retry_after_days", body.RetryAfterDays);
            writer.WriteBoolean("same_report", body.IsSameReport);
            writer.WriteEndObject();
        }

        HttpResponse response = httpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.ContentType = "application/json";
        response.ContentLength = json.WrittenCount;
        await response.Body.WriteAsync(json.WrittenMemory, httpContext.RequestAborted);
    }
}
