using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Operators;

/// <summary>303: another page, to be got.</summary>
/// <param name="page">Its address, from that of the request.</param>
internal sealed class SeeOther(string page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = page;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
