using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Ingest;

/// <summary>
/// 204. The framework's own asks for a logger on the way, and for that makes every request a scope of services.
/// </summary>
internal sealed class AcceptedAnswer : IResult
{
    private AcceptedAnswer()
    {
    }

    public static AcceptedAnswer Instance { get; } = new();

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
