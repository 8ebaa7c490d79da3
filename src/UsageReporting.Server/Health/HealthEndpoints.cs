using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Health;

/// <summary>Answers whether the server is alive, and whether reports should be sent here.</summary>
internal static class HealthEndpoints
{
    public static Task AnswerLiveAsync(HttpContext context) => TypedResults.Ok().ExecuteAsync(context);

    public static async Task AnswerReadyAsync(HttpContext context, IReportStore store, Drain drain)
    {
        IResult answer = TypedResults.Ok();
        if (drain.Look() || !await store.CanStoreAsync())
        {
            context.Response.Headers.RetryAfter =
                ServerLimits.UnavailableFor.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            answer = TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, detail: "Reports should not be sent here just now.");
        }

        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        await answer.ExecuteAsync(context);
    }
}
