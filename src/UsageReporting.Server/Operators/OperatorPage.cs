using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Operators.Pages;

namespace UsageReporting.Server.Operators;

/// <summary>Answers with a page that nobody keeps.</summary>
/// <param name="page">The page.</param>
/// <param name="status">The status.</param>
internal sealed class OperatorPage(Markup page, int status = StatusCodes.Status200OK) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        IHeaderDictionary headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = OperatorFrame.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(page.ToString());
    }
}
