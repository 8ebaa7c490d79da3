using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Health;

/// <summary>Answers whether the server is alive, and whether it is able to store.</summary>
internal static class HealthEndpoints
{
    public static Task AnswerLiveAsync(HttpContext context) => TypedResults.Ok().ExecuteAsync(context);

    public static async Task AnswerReadyAsync(HttpContext context, IReportStore store)
    {
        IResult answer = TypedResults.Ok();
        if (!await store.CanStoreAsync())
        {
            context.Response.Headers.RetryAfter =
                ServerLimits.UnavailableFor.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            answer = TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, detail: "Reports cannot be stored just now.");
        }

        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        await answer.ExecuteAsync(context);
    }
}
