using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using UsageReporting.Server.Badges;

namespace UsageReporting.Server.Downloads;

/// <summary>Answers what anybody may read about packages.</summary>
internal sealed class PackageEndpoints(PackageCounters counters, IPackageCatalog catalog)
{
    public Task AnswerPackageAsync(HttpContext context) => AnswerAsync(context, async () =>
        await FindAsync(context) is { } details
            ? new PackageAnswer(json => PackageJson.Write(json, details, catalog.FindOutside(details.Installs.Name)))
            : NotFound());

    public Task AnswerBadgeAsync(HttpContext context) => AnswerAsync(context, async () =>
        await FindAsync(context) is { } details
            ? new BadgeAnswer("installs", BadgeNumber.Of(details.Installs.Total))
            : NotFound());

    public Task AnswerListAsync(HttpContext context) => AnswerAsync(context, async () =>
    {
        PackageOrder? order = context.Request.Query["sort"].ToString() switch
        {
            "" or "name" => PackageOrder.Name,
            "installs" => PackageOrder.Installs,
            _ => null,
        };
        string page = context.Request.Query["page"].ToString();
        if (order is null || !IsPage(page, out int number))
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest, detail: "sort is name or installs, and page is a number from 1.");
        }

        PackageList list = await counters.ListAsync(order.Value, number);
        return new PackageAnswer(json => PackageJson.Write(json, list));
    });

    private static bool IsPage(string page, out int number)
    {
        number = 1;
        return page.Length == 0
            || (int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number is > 0 and <= int.MaxValue / ServerLimits.ListedPackages);
    }

    private Task<PackageDetails?> FindAsync(HttpContext context) =>
        counters.FindAsync($"{context.GetRouteValue("vendor")}/{context.GetRouteValue("name")}");

    private static ProblemHttpResult NotFound() => TypedResults.Problem(
        statusCode: StatusCodes.Status404NotFound, detail: "This server counts no installs of such a package.");

    private static async Task AnswerAsync(HttpContext context, Func<Task<IResult>> answer)
    {
        IResult result;
        try
        {
            result = await answer();
        }
        catch (UsageStoreException)
        {
            result = new UnavailableAnswer("The counters cannot be read just now.");
        }

        await result.ExecuteAsync(context);
    }
}
