using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Statistics;

/// <summary>503: the numbers cannot be read just now, which nobody shall keep.</summary>
internal sealed class NotReadable : IResult
{
    private NotReadable()
    {
    }

    public static NotReadable Instance { get; } = new();

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.RetryAfter = ServerLimits.UnavailableFor.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            statusCode: StatusCodes.Status503ServiceUnavailable, detail: "The numbers cannot be read just now.").ExecuteAsync(httpContext);
    }
}
