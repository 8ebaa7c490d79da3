using System.Text;
using Microsoft.AspNetCore.Http;

namespace UsageReporting.AspNetCore;

/// <summary>What each of the endpoints does.</summary>
internal static class UsageEndpoints
{
    private const string Json = "application/json";

    private const string JsonLines = "application/jsonl";

    public static async Task<IResult> AnswerStatusAsync(UsageReporter reporter) =>
        TypedResults.Json(await StatusAnswer.OfAsync(reporter), AnswerJson.Readable.StatusAnswer);

    public static async Task<IResult> AnswerLocalAsync(UsageReporter reporter) =>
        TypedResults.Json(await reporter.Kept.GetCountedAsync(), AnswerJson.Readable.IReadOnlyListCountedPeriod);

    public static Task<IResult> AnswerPreviewAsync(HttpContext context, UsageReporter reporter, string? level) =>
        AnswerPreviewAsync(context, reporter, level, preview => TypedResults.Bytes(
            Encoding.UTF8.GetBytes(string.Join('\n', preview.Renderings.Select(rendering => rendering.Text))),
            preview.Renderings.Count == 1 ? Json : JsonLines));

    public static Task<IResult> AnswerPreviewTextAsync(HttpContext context, UsageReporter reporter, string? level) =>
        AnswerPreviewAsync(
            context, reporter, level, preview => TypedResults.Text(preview.ToText(isDryRun: true), "text/plain", Encoding.UTF8));

    public static async Task<IResult> AnswerHistoryAsync(UsageReporter reporter) =>
        TypedResults.Json(await reporter.GetHistoryAsync(), AnswerJson.Readable.IReadOnlyListSentReport);

    public static async Task<IResult> AnswerExportAsync(UsageReporter reporter) => TypedResults.File(
        Encoding.UTF8.GetBytes((await reporter.Kept.ExportAsync()).ToJsonString()), Json, "usage-statistics-export.json");

    public static async Task<IResult> AnswerOptInAsync(HttpContext context, UsageReporter reporter)
    {
        (OptInRequest? request, IResult? refusal) = await OptInBody.ReadAsync(context.Request, context.RequestAborted);
        return request is null ? refusal!
            : request.Terms != ShownTerms.Of(reporter) ? UsageProblems.Stale
            : await SetAsync(reporter, ConsentChoice.Yes, LevelText.Read(request.Level) ?? UsageLevel.Full, request.Lasting);
    }

    public static async Task<IResult> AnswerOptOutAsync(UsageReporter reporter, CancellationToken cancellationToken, bool erase = false) =>
        erase ? AnswerTo(await reporter.EraseAsync(isOff: true, cancellationToken)) : await SetAsync(reporter, ConsentChoice.No);

    public static async Task<IResult> AnswerEraseAsync(UsageReporter reporter, CancellationToken cancellationToken) =>
        AnswerTo(await reporter.EraseAsync(cancellationToken: cancellationToken));

    public static async Task<IResult> AnswerDeleteAsync(UsageReporter reporter) =>
        await reporter.Kept.DeleteCountedAsync() ? TypedResults.NoContent() : UsageProblems.NotKept;

    private static IResult AnswerTo(UsageErasure erasure) => erasure.IsKept
        ? TypedResults.Json(
            new ErasureAnswer(erasure.Receipts, erasure.Waiting, erasure.MaybeErased, erasure.GivenUp), AnswerJson.Readable.ErasureAnswer)
        : UsageProblems.NotKept;

    private static async Task<IResult> SetAsync(
        UsageReporter reporter, ConsentChoice choice, UsageLevel level = UsageLevel.Full, TimeSpan? lasting = null) =>
        await reporter.SetConsentAsync(choice, level, lasting) ? await AnswerStatusAsync(reporter) : UsageProblems.NotKept;

    private static async Task<IResult> AnswerPreviewAsync(
        HttpContext context, UsageReporter reporter, string? level, Func<ReportPreview, IResult> show)
    {
        UsageLevel? wanted = LevelText.Read(level);
        if (level is not null && wanted is null)
        {
            return UsageProblems.Invalid("level", LevelText.Rule);
        }

        (ReportPreview? preview, ReportOutcome outcome) = await reporter.PreviewAsync(wanted, context.RequestAborted);
        if (preview is null)
        {
            return UsageProblems.NoReport(string.Join(' ', reporter.Describe(outcome)));
        }

        context.Response.Headers["Usage-Terms"] = ShownTerms.Of(reporter);
        return show(preview);
    }
}
