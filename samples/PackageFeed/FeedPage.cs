using System.Globalization;
using System.Net;
using System.Text;
using UsageReporting.Server;

namespace PackageFeed;

/// <summary>The feed as a person reads it: a counter that is zero says nothing and is not shown.</summary>
internal static class FeedPage
{
    public static async Task<IResult> ShowAsync(FeedCatalog catalog, PackageCounters counters, string? sort)
    {
        List<(FeedPackage Package, PackageInstalls Installs)> rows = [];
        foreach (FeedPackage package in catalog.Packages)
        {
            rows.Add((package, (await counters.FindAsync(package.Name))!.Installs));
        }

        if (sort == "installs")
        {
            rows = [.. rows.OrderByDescending(row => row.Installs.Total)];
        }

        StringBuilder html = new("""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Packages</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
            table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ccc }
            td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
            </style>
            <h1>Packages</h1>
            <table>
            <thead><tr><th scope="col"><a href="/">Package</a></th><th scope="col">Version</th>
            <th scope="col" class="number">WordPress.org downloads</th>
            <th scope="col" class="number"><a href="/?sort=installs">Installs</a></th>
            <th scope="col" class="number">Last 30 days</th></tr></thead>
            <tbody>

            """);
        foreach ((FeedPackage package, PackageInstalls installs) in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><th scope="row"><a href="/packages/{package.Name}">{Text(package.Title)}</a></th><td>{Text(package.Version)}</td><td class="number">{Number(package.WordPressDownloads)}</td><td class="number">{Number(installs.Total)}</td><td class="number">{Number(installs.Last30Days)}</td></tr>

                """);
        }

        html.Append("</tbody>\n</table>\n</html>\n");
        return TypedResults.Content(html.ToString(), "text/html; charset=utf-8");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(long? number) =>
        number is null or 0 ? "" : number.Value.ToString("N0", CultureInfo.InvariantCulture);
}
