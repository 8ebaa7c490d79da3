using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>The few numbers that stand first, each beside that of the window before.</summary>
internal static class Indicators
{
    public static Markup Draw(Summary summary) => Markup.Of(
        $"""
        <dl class="indicators">
        {Draw("IndicatorActiveWeek", summary.Week, summary.Week.Installs, Summary.Growth(summary.Week, summary.WeekBefore), "SinceWeek")}{Draw("IndicatorActiveMonth", summary.Month, summary.Month.Installs, Summary.Growth(summary.Month, summary.MonthBefore), "SinceMonth")}{Draw("IndicatorNewWeek", summary.Week, summary.Week.New, null, "SinceWeek")}{Draw("IndicatorNewMonth", summary.Month, summary.Month.New, null, "SinceMonth")}</dl>

        """);

    // What cannot be said of a product's windows, or may not, has no place here.
    private static Markup Draw(string name, PublishedWindow window, long? number, double? growth, string since)
    {
        if (number is null)
        {
            return Markup.Nothing;
        }

        string direction = growth switch { > 0 => "up", < 0 => "down", _ => "same" };
        Markup change = growth is null
            ? Markup.Of($"""<dd class="since">{Figures.Days(window.Window)}</dd>""")
            : Markup.Of($"""<dd class="since"><span class="{direction}">{Figures.Change(growth)}</span> {DashboardTexts.Text(since)}</dd>""");
        return Markup.Of(
            $"""
            <div><dt>{DashboardTexts.Text(name)} <span>{window.Window.ToString()}</span></dt><dd class="number">{Figures.Number(number)}</dd>{change}</div>

            """);
    }
}
