using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Ingest;

/// <summary>429 for a network, or an installation, that has sent its share.</summary>
internal sealed class RateLimited(TimeSpan wait) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        string seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        httpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        httpContext.Response.Headers.RetryAfter = seconds;
        httpContext.Response.ContentType = "application/json";
        return httpContext.Response.WriteAsync($$"""{"error":"rate_limited","retry_after_seconds":{{seconds}}}""");
    }
}
