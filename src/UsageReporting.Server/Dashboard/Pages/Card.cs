using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>A chart among others on a page, with the beginning of its table.</summary>
internal static class Card
{
    /// <summary>Rows of the table: the chart's own page has all of them.</summary>
    private const int Rows = 14;

    public static Markup Draw(Place place, string product, Chart chart)
    {
        string link = place.Chart(product, chart.Name, chart.View, "html");
        return Markup.Of(
            $"""
            <section class="card"><h3><a href="{link}">{chart.Title}</a></h3>
            {(chart.Purpose is { } purpose ? Markup.Of($"""<p class="purpose">{purpose}</p>""") : Markup.Nothing)}
            {(chart.Draw is { } draw ? draw(ChartSize.Card) : Markup.Nothing)}
            <p class="note">{chart.Note}</p>
            {(chart.Draw is null ? Markup.Nothing : Details(place, product, chart))}</section>

            """);
    }

    /// <summary>The addresses of a chart's numbers.</summary>
    public static Markup Links(Place place, string product, Chart chart)
    {
        string name = chart.DataName ?? chart.Name;
        // Where no field is published there are totals, and no file that has them by a field.
        Markup data = name.Length == 0 ? Markup.Nothing : Data($"{PublishedName.FileOf(name)}.{(chart.Kind == WindowKind.Week ? "week" : "month")}");
        return Markup.Of(
            $"""<p class="links"><a href="{place.Chart(product, chart.Name, chart.View, "html")}" aria-label="{DashboardTexts.Text("LinkPage", chart.Title)}">{DashboardTexts.Text("Link")}</a> {data}<a href="{place.Chart(product, chart.Name, chart.View, "svg")}" aria-label="{DashboardTexts.Text("LinkSvg", chart.Title)}">SVG</a></p>""");

        Markup Data(string file) => Markup.Of(
            $"""<a href="{place.Of(product, file + ".csv")}" aria-label="{DashboardTexts.Text("LinkCsv", chart.Title)}">CSV</a> <a href="{place.Of(product, file + ".json")}" aria-label="{DashboardTexts.Text("LinkJson", chart.Title)}">JSON</a> """);
    }

    private static Markup Details(Place place, string product, Chart chart)
    {
        int more = chart.Table.Rows.Count - Rows;
        return Markup.Of(
            $"""
            <details><summary>{DashboardTexts.Text("TableOf", chart.Title)}</summary>
            {chart.Table.Draw(chart.Title, Rows, name => place.Chart(product, name, null, "html"))}{(more > 0 ? Markup.Of($"""<p class="note"><a href="{place.Chart(product, chart.Name, chart.View, "html")}">{DashboardTexts.Text("MoreRows", more)}</a></p>""") : Markup.Nothing)}
            </details>
            {Links(place, product, chart)}
            """);
    }
}
