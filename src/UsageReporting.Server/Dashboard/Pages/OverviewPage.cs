using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>All products side by side.</summary>
internal static class OverviewPage
{
    private static readonly Place Here = new(0);

    /// <param name="products">Of each its schema, its newest numbers, how far they have come, and its last windows.</param>
    /// <param name="hasPackages">Whether installs of packages are counted.</param>
    public static Markup Draw(
        IReadOnlyList<(ReportSchema Schema, Summary Summary, Freshness Freshness, Series Totals)> products, bool hasPackages) =>
        PageFrame.Draw(Here, DashboardTexts.Text("OverviewTitle"), [], Markup.Of(
            $"""
            <h1>{DashboardTexts.Text("OverviewTitle")}</h1>
            <p class="lead">{DashboardTexts.Text("OverviewLead", ServerLimits.LeastPublished)}</p>
            <div class="cards products">
            {products.Select(Product)}{(hasPackages ? Packages() : Markup.Nothing)}</div>

            """));

    private static Markup Product((ReportSchema Schema, Summary Summary, Freshness Freshness, Series Totals) of)
    {
        string name = of.Schema.Header.Product;
        PublishedWindow shown = of.Summary.Shown;
        Markup numbers = shown.Installs is null
            ? Markup.Of($"""<p class="note">{State(of.Schema, of.Freshness)}</p>""")
            : Markup.Of(
                $"""
                <p class="number">{Figures.Number(shown.Installs)}</p>
                <p class="note">{DashboardTexts.Text("OverviewActive", shown.Window, Figures.Days(shown.Window))}{Growth(of.Summary)}</p>
                {Sparkline.Draw(DashboardTexts.Text("SparklineSays", name), [.. of.Totals.Windows.Select(window => window.Installs)])}
                """);
        Markup late = of.Freshness.Late is null ? Markup.Nothing : Markup.Of($"""<p class="warning">{DashboardTexts.Text("LateTitle")}</p>""");
        return Markup.Of(
            $"""
            <section class="card"><h2><a href="{Here.Product(name)}">{name}</a></h2>
            {late}{numbers}</section>

            """);
    }

    private static string State(ReportSchema schema, Freshness freshness) =>
        ChartView.Of(schema).Count == 0 ? DashboardTexts.Text("UncountedTitle")
        : !freshness.HasReports ? DashboardTexts.Text("WaitingTitle")
        : !freshness.HasNumbers ? DashboardTexts.Text("SoonText", Figures.Time(freshness.NextNumbers), ServerLimits.LeastPublished)
        : DashboardTexts.Text("FewTitle", ServerLimits.LeastPublished);

    private static string Growth(Summary summary)
    {
        bool isMonth = summary.Shown == summary.Month;
        double? growth = isMonth ? Summary.Growth(summary.Month, summary.MonthBefore) : Summary.Growth(summary.Week, summary.WeekBefore);
        return growth is null ? "" : $" · {Figures.Change(growth)} {DashboardTexts.Text(isMonth ? "SinceMonth" : "SinceWeek")}";
    }

    private static Markup Packages() => Markup.Of(
        $"""
        <section class="card"><h2><a href="packages.html">{DashboardTexts.Text("PackagesTitle")}</a></h2>
        <p class="note">{DashboardTexts.Text("PackagesLead")}</p></section>

        """);
}
