using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace UsageReporting.Server.Badges;

/// <summary>A badge as the answer to a request. Pages that show it may keep it for some minutes.</summary>
internal sealed class BadgeAnswer(string label, string value, string? note = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers[HeaderNames.CacheControl] = "public, max-age=300";
        return TypedResults.Text(Badge.Draw(label, value, note), "image/svg+xml; charset=utf-8").ExecuteAsync(httpContext);
    }
}
