using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Access;

/// <summary>429 for who comes more often than is allowed.</summary>
internal sealed class RateLimited(TimeSpan wait) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status429TooManyRequests;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        string seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        httpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        httpContext.Response.Headers.RetryAfter = seconds;
        httpContext.Response.ContentType = "application/json";
        return httpContext.Response.WriteAsync($$"""{"error":"rate_limited","retry_after_seconds":{{seconds}}}""");
    }
}
