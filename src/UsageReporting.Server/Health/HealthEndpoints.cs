using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace UsageReporting.Server.Health;

/// <summary>Answers whether the server is alive, and whether reports should be sent here.</summary>
internal static class HealthEndpoints
{
    public static Task AnswerLiveAsync(HttpContext context) => TypedResults.Ok().ExecuteAsync(context);

    public static async Task AnswerReadyAsync(HttpContext context, Readiness readiness, Drain drain)
    {
        IResult answer = drain.Look() || !await readiness.FindOutAsync()
            ? new UnavailableAnswer("Reports should not be sent here just now.")
            : TypedResults.Ok();
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        await answer.ExecuteAsync(context);
    }
}
