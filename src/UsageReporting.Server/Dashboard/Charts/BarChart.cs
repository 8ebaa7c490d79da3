using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>Shares as bars, one below the other, with the interval of each as a thin line.</summary>
internal static class BarChart
{
    private const double Row = 24;
    private const double Thickness = 14;
    private const double RoomOfShare = 56;
    private const double PartOfLabels = 0.36;
    private const double Gap = 8;

    public static Markup Draw(ChartSize size, string says, IReadOnlyList<Bar> bars)
    {
        double labels = Math.Min(size.Width * PartOfLabels, bars.Select(bar => ChartText.WidthOf(bar.Label)).DefaultIfEmpty().Max());
        double left = labels + Gap;
        // The longest bar takes the width: which part of all it is says its number.
        double most = Math.Max(bars.Select(bar => bar.Interval.Upper).DefaultIfEmpty().Max(), 0.01);
        double scale = (size.Width - RoomOfShare - left) / most;
        return ChartFrame.Draw(size, Math.Max(1, bars.Count) * Row, says, Markup.Join(bars.Select((bar, i) => Draw(bar, i))));

        Markup Draw(Bar bar, int number)
        {
            double y = (number * Row) + ((Row - Thickness) / 2);
            double middle = y + (Thickness / 2);
            double lower = left + (bar.Interval.Lower * scale);
            double upper = left + (bar.Interval.Upper * scale);
            string text = ChartText.Fit(bar.Label, labels);
            return Markup.Of(
                $"""<g><title>{bar.Label}: {Figures.Percent(bar.Share)} ({Figures.Percent(bar.Interval.Lower)} – {Figures.Percent(bar.Interval.Upper)})</title>{ChartFrame.Text(0, middle + 4, text, "label")}<rect class="{(bar.IsRest ? "rest" : "s1")}" x="{left}" y="{y}" width="{Math.Max(1, bar.Share * scale)}" height="{Thickness}" rx="2"/><path class="interval" d="M{lower} {middle}H{upper}M{lower} {middle - 3}v6M{upper} {middle - 3}v6"/>{ChartFrame.Text(size.Width, middle + 4, Figures.Percent(bar.Share), "end label")}</g>""");
        }
    }
}
