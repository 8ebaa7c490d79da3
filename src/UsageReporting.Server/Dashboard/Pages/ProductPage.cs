using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>All there is of a product: the totals, what changes over time, and each field as it stands now.</summary>
internal static class ProductPage
{
    private static readonly Place Here = new(1);

    /// <param name="schema">The product's schema.</param>
    /// <param name="view">The windows of the charts over time.</param>
    /// <param name="freshness">How far its numbers have come.</param>
    /// <param name="summary">Its newest numbers.</param>
    /// <param name="overTime">Charts over time.</param>
    /// <param name="now">Charts of the newest window.</param>
    public static Markup Draw(
        ReportSchema schema,
        ChartView view,
        Freshness freshness,
        Summary summary,
        IReadOnlyList<Chart> overTime,
        IReadOnlyList<Chart> now)
    {
        string product = schema.Header.Product;
        bool hasNumbers = summary.Shown.Installs is not null || overTime.Any(chart => chart.Draw is not null);
        return PageFrame.Draw(Here, DashboardTexts.Text("ProductTitle", product), [PageFrame.Top(Here)], Markup.Of(
            $"""
            <h1>{product}</h1>
            <p class="lead">{Lead(schema, summary)}</p>
            {Banners.Of(schema, freshness, summary)}{(hasNumbers ? Numbers(product, schema, view, summary, overTime, now) : Markup.Nothing)}{About(product)}
            """));
    }

    private static Markup Numbers(
        string product, ReportSchema schema, ChartView view, Summary summary, IReadOnlyList<Chart> overTime, IReadOnlyList<Chart> now) => Markup.Of(
        $"""
        {Indicators.Draw(summary)}<h2>{DashboardTexts.Text("OverTime")}</h2>
        <nav class="views" aria-label="{DashboardTexts.Text("Views")}"><ul>{ChartView.Of(schema).Select(other => View(product, other, view))}</ul></nav>
        <div class="cards">
        {overTime.Where(chart => chart.Draw is not null).Select(chart => Card.Draw(Here, product, chart))}</div>
        <h2>{DashboardTexts.Text("NowTitle", summary.Shown.Window, Figures.Days(summary.Shown.Window))}</h2>
        <p class="lead">{DashboardTexts.Text("NowLead", Figures.Number(summary.Shown.Installs))}</p>
        <div class="cards">
        {now.Where(chart => chart.Draw is not null).Select(chart => Card.Draw(Here, product, chart))}</div>
        {Unsaid([.. now.Where(chart => chart.Draw is null).Select(chart => chart.Title)])}
        """);

    private static Markup Unsaid(string[] titles) => titles.Length == 0
        ? Markup.Nothing
        : Markup.Of(
            $"""
            <p class="note">{DashboardTexts.Text("Unsaid", string.Join(", ", titles), ServerLimits.LeastPublished)}</p>

            """);

    private static Markup View(string product, ChartView other, ChartView shown) => other == shown
        ? Markup.Of($"""<li><a href="{Here.Of(product, $"{other.Name}.html")}" aria-current="page">{DashboardTexts.Text($"View_{other.Name}")}</a></li>""")
        : Markup.Of($"""<li><a href="{Here.Of(product, $"{other.Name}.html")}">{DashboardTexts.Text($"View_{other.Name}")}</a></li>""");

    private static string Lead(ReportSchema schema, Summary summary)
    {
        string who = DashboardTexts.Text("ProductLead", schema.Header.Operator ?? schema.Header.Product);
        return summary.AsOf is { } made ? $"{who} {DashboardTexts.Text("AsOf", Figures.Time(made))}" : who;
    }

    private static Markup About(string product) => Markup.Of(
        $"""
        <nav class="about" aria-label="{DashboardTexts.Text("More")}"><ul><li><a href="{Here.Of(product, "about.html")}">{DashboardTexts.Text("AboutLink")}</a></li><li><a href="{Here.Of(product, "fields.html")}">{DashboardTexts.Text("FieldsLink")}</a></li><li><a href="{Here.Of(product, "summary.json")}">{DashboardTexts.Text("SummaryJson")}</a></li><li><a href="{Here.Of(product, "summary.csv")}">{DashboardTexts.Text("SummaryCsv")}</a></li><li><a href="{Here.Of(product, "schema.json")}">{DashboardTexts.Text("SchemaLink")}</a></li></ul></nav>

        """);
}
