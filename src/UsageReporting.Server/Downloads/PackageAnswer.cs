using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.Server.Downloads;

/// <summary>200 with JSON.</summary>
internal sealed class PackageAnswer(Action<Utf8JsonWriter> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        await using Utf8JsonWriter json = new(httpContext.Response.BodyWriter);
        write(json);
    }
}
