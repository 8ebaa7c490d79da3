using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server;

/// <summary>503: the database cannot be used just now, which nobody shall keep.</summary>
/// <param name="detail">What cannot be done.</param>
internal sealed class UnavailableAnswer(string detail) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status503ServiceUnavailable;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.RetryAfter = ServerLimits.UnavailableFor.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: detail).ExecuteAsync(httpContext);
    }
}
