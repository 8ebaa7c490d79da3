using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace UsageReporting.AspNetCore;

/// <summary>The answers that refuse, as RFC 9457 writes them.</summary>
internal static class UsageProblems
{
    public static ProblemHttpResult OtherSite => Of(
        StatusCodes.Status403Forbidden, "A page of another site cannot change anything here.");

    public static ProblemHttpResult TooLarge => Of(
        StatusCodes.Status413PayloadTooLarge, "The body is larger than any choice.");

    public static ProblemHttpResult OnlyJson => Of(
        StatusCodes.Status415UnsupportedMediaType, "What is agreed to is sent as application/json.");

    public static ProblemHttpResult Stale => Of(
        StatusCodes.Status409Conflict,
        "What is reported, or where it goes, is not what was shown. Nothing is changed; show it again.");

    public static ProblemHttpResult NotKept => Of(
        StatusCodes.Status503ServiceUnavailable, "It could not be written down, or not all of it.");

    public static ProblemHttpResult NoReport(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static ValidationProblem Invalid(string member, string sentence) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [member] = [sentence] });

    /// <summary>Of another method, or of the right one with a body of another type.</summary>
    public static ProblemHttpResult OfWrongRequest(HttpContext context, string[] methods)
    {
        if (methods.Contains(context.Request.Method))
        {
            return OnlyJson;
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return Of(StatusCodes.Status405MethodNotAllowed, $"This is for {string.Join(" and ", methods)} only.");
    }

    private static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(statusCode: status, detail: detail);
}
