using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Ingest;

/// <summary>An answer that has one header more.</summary>
internal sealed class AnswerWithHeader(string name, string value, IResult answer) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => (answer as IStatusCodeHttpResult)?.StatusCode;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers[name] = value;
        return answer.ExecuteAsync(httpContext);
    }
}
