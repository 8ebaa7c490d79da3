using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Access;

namespace UsageReporting.Server.Metrics;

/// <summary>
/// Answers <c>GET /metrics</c> for who shows a key that reads the numbers of all products. That somebody asks from this
/// machine opens nothing: whatever comes through a proxy on it does.
/// </summary>
internal sealed class MetricsEndpoint(MetricRecorder recorder, KeyRing keys, KeyDoor door)
{
    private const string Version004 = "text/plain; version=0.0.4; charset=utf-8";

    public Task AnswerAsync(HttpContext context)
    {
        (ShownKey key, IResult? tooMany) = door.Try(context, request => keys.FindOfEveryProduct(request, UsageKeyScopes.Read));
        IResult answer = tooMany ?? KeyAnswers.Refuse(context, key, UsageKeyScopes.Read)
            ?? TypedResults.Text(recorder.Write(), Version004);
        context.Response.Headers.CacheControl = "no-store";
        return answer.ExecuteAsync(context);
    }
}
