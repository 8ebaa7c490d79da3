using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>One chart with all of its numbers, at an address that lasts.</summary>
internal static class ChartPage
{
    private const int LongTable = 5;

    /// <param name="schema">The product's schema.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="views">The others of the same numbers; null stands for the newest window.</param>
    public static Markup Draw(ReportSchema schema, Chart chart, IReadOnlyList<ChartView?> views)
    {
        Place here = new(chart.View is null ? 2 : 3);
        string product = schema.Header.Product;
        return PageFrame.Draw(
            here,
            DashboardTexts.Text("ChartTitle", chart.Title, product),
            [PageFrame.Top(here), (product, here.Product(product))],
            Markup.Of(
                $"""
                <h1>{chart.Title}</h1>
                {(chart.Purpose is { } purpose ? Markup.Of($"""<p class="lead">{purpose}</p>""") : Markup.Nothing)}
                <nav class="views" aria-label="{DashboardTexts.Text("Views")}"><ul>{views.Select(view => View(here, product, chart, view))}</ul></nav>
                {(chart.Draw is { } draw ? Drawings(draw) : Markup.Nothing)}
                <p class="note">{chart.Note}</p>
                {(chart.Draw is null ? Markup.Nothing : Card.Links(here, product, chart))}
                {(chart.Table.Rows.Count > 0 ? Table(here, product, chart) : Markup.Nothing)}
                """));
    }

    // Letters of one size on every screen: what is drawn for a wide one is too small to read on a narrow one.
    private static Markup Drawings(Func<ChartSize, Markup> draw) => Markup.Of(
        $"""<div class="wide">{draw(ChartSize.Page)}</div><div class="narrow">{draw(ChartSize.Card)}</div>""");

    private static Markup Table(Place here, string product, Chart chart) => chart.Table.Draw(
        chart.Title,
        int.MaxValue,
        name => here.Chart(product, name, null, "html"),
        chart.Window is { } window ? name => here.Certificate(product, window, name, "html") : null,
        chart.View is null && chart.Table.Rows.Count > LongTable);

    private static Markup View(Place here, string product, Chart chart, ChartView? view)
    {
        string link = here.Chart(product, chart.Name, view, "html");
        string text = DashboardTexts.Text($"View_{view?.Name ?? "now"}");
        return view == chart.View
            ? Markup.Of($"""<li><a href="{link}" aria-current="page">{text}</a></li>""")
            : Markup.Of($"""<li><a href="{link}">{text}</a></li>""");
    }
}
