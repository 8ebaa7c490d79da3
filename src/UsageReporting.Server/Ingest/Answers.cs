using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;
using UsageReporting.Server.Validation;

namespace UsageReporting.Server.Ingest;

/// <summary>The answers to <c>POST /report</c>. Those that refuse are problems as RFC 9457 writes them.</summary>
internal static class Answers
{
    public static IResult OnlyPost { get; } = new AnswerWithHeader(
        HeaderNames.Allow,
        HttpMethods.Post,
        TypedResults.Problem(statusCode: StatusCodes.Status405MethodNotAllowed, detail: "Reports are sent with POST."));

    public static IResult OnlyJson { get; } = TypedResults.Problem(
        statusCode: StatusCodes.Status415UnsupportedMediaType,
        detail: "A report is application/json in UTF-8, as it is or as one gzip member.");

    public static IResult TimedOut { get; } = TypedResults.Problem(
        statusCode: StatusCodes.Status408RequestTimeout, detail: "The report came too slowly.");

    public static IResult Unavailable { get; } = new UnavailableAnswer("The report could not be stored just now.");

    public static IResult Invalid(string sentence) => Invalid(ReportErrors.Of(sentence));

    public static IResult Invalid(ReportErrors errors) => TypedResults.ValidationProblem(
        errors.Sentences, title: "The report was not accepted.");

    public static IResult To(StoreOutcome outcome, DateTimeOffset now, Product product) => outcome switch
    {
        StoreOutcome.Accepted accepted when product.AnswerStyle == UsageAnswerStyle.Submission => new SubmissionAnswer(accepted.Number),
        StoreOutcome.Accepted => AcceptedAnswer.Instance,
        StoreOutcome.AlreadyReported duplicate => To(AlreadySubmitted.Of(duplicate, now, product.WaitAfter(duplicate.LastSent))),
        _ => Unavailable,
    };

    private static AnswerWithHeader To(AlreadySubmitted body) => new(
        HeaderNames.RetryAfter, Seconds(body.RetryAfterSeconds), new AlreadySubmittedAnswer(body));

    private static string Seconds(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
