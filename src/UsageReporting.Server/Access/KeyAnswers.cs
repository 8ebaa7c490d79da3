using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace UsageReporting.Server.Access;

/// <summary>The answers to requests whose key does not open what they ask for.</summary>
internal static class KeyAnswers
{
    // For each, one text for all that may be wrong with a key.
    private static readonly IResult NoReportKey = NoKey("Reports of this product are sent with its key.");
    private static readonly IResult NoOtherKey = NoKey("This needs a key.");

    private static readonly IResult OtherScope = TypedResults.Problem(
        statusCode: StatusCodes.Status403Forbidden, detail: "The key is not for this.");

    /// <summary>Refuses a request; null where its key opens the scope.</summary>
    public static IResult? Refuse(HttpContext context, ShownKey key, UsageKeyScopes scope)
    {
        if (key.Opens(scope))
        {
            return null;
        }

        if (key.Scopes != UsageKeyScopes.None)
        {
            return OtherScope;
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return scope == UsageKeyScopes.Report ? NoReportKey : NoOtherKey;
    }

    private static ProblemHttpResult NoKey(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: detail);
}
