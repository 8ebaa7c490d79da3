using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Ingest;

/// <summary>200 with the number of the report, for clients that know nothing else.</summary>
internal sealed class SubmissionAnswer(long number) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        return httpContext.Response.WriteAsync(string.Create(
            CultureInfo.InvariantCulture, $$"""{"status":"success","submission_id":{{number}}}"""));
    }
}
