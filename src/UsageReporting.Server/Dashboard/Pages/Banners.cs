using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>What has to be said before any number, or in its place.</summary>
internal static class Banners
{
    /// <summary>Nothing where all is as it should be.</summary>
    public static Markup Of(ReportSchema schema, Freshness freshness, Summary summary)
    {
        if (ChartView.Of(schema).Count == 0)
        {
            return Banner(DashboardTexts.Text("UncountedTitle"), DashboardTexts.Text("UncountedText"));
        }

        if (!freshness.HasReports)
        {
            return Waiting(schema, freshness);
        }

        Markup late = freshness.Late is { } window
            ? Banner(DashboardTexts.Text("LateTitle"), DashboardTexts.Text("LateText", window, Figures.Days(window)))
            : Markup.Nothing;
        if (!freshness.HasNumbers)
        {
            return freshness.Late is not null ? late : Banner(
                DashboardTexts.Text("SoonTitle"), DashboardTexts.Text("SoonText", Figures.Time(freshness.NextNumbers), ServerLimits.LeastPublished));
        }

        return summary.Shown.Installs is not null ? late : Markup.Of(
            $"{late}{Banner(DashboardTexts.Text("FewTitle", ServerLimits.LeastPublished), DashboardTexts.Text("FewText", summary.Shown.Window, ServerLimits.LeastPublished))}");
    }

    private static Markup Waiting(ReportSchema schema, Freshness freshness) => Markup.Of(
        $$"""
        <section class="banner"><h2>{{DashboardTexts.Text("WaitingTitle")}}</h2>
        <p>{{DashboardTexts.Text("WaitingText", Figures.Time(freshness.NextNumbers), ServerLimits.LeastPublished)}}</p>
        <p>{{DashboardTexts.Text("WaitingHost")}}</p>
        <pre tabindex="0"><code>builder.Services.AddUsageReporting("{{schema.Header.Product}}")
            .AddEnvironmentCollector().AddPlatformCollector()
            .AddHttpSink("{{DashboardTexts.Text("WaitingAddress")}}");</code></pre>
        <p>{{DashboardTexts.Text("WaitingPerson")}}</p>
        <pre tabindex="0"><code>{{schema.Header.Product}} usage send</code></pre>
        </section>

        """);

    private static Markup Banner(string title, string text) => Markup.Of(
        $"""
        <section class="banner"><h2>{title}</h2><p>{text}</p></section>

        """);
}
