using Microsoft.AspNetCore.Http;
using UsageReporting.Server.Badges;
using UsageReporting.Server.Products;

namespace UsageReporting.Server.Statistics;

/// <summary>Answers <c>GET /badge/{product}/{metric}.svg</c>: only what everybody may read, as pages show it to everybody.</summary>
internal sealed class BadgeEndpoint(ProductCatalog catalog, StatisticsReader statistics)
{
    public async Task AnswerAsync(HttpContext context, string product, string metric)
    {
        IResult answer = await AnswerAsync(product, metric);
        await answer.ExecuteAsync(context);
    }

    private async Task<IResult> AnswerAsync(string product, string metric)
    {
        try
        {
            return catalog.Find(product) is { HasPublicStatistics: true } known
                && StatisticsBadge.Of(await statistics.ReadSummaryAsync(known), metric) is { } badge
                    ? new BadgeAnswer(badge.Label, badge.Value, badge.Note)
                    : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: "There is no such badge.");
        }
        catch (UsageStoreException)
        {
            return StatisticsAnswers.Unavailable;
        }
    }
}
