using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>The middle half of the installations as a bar, with a mark at the median.</summary>
internal static class QuartileChart
{
    private const double Row = 24;
    private const double Thickness = 12;
    private const double PartOfLabels = 0.36;
    private const double Gap = 8;

    public static Markup Draw(ChartSize size, string says, IReadOnlyList<Quartiles> quartiles)
    {
        double room = quartiles.Select(of => ChartText.WidthOf(Numbers(of))).DefaultIfEmpty().Max() + Gap;
        double labels = Math.Min(size.Width * PartOfLabels, quartiles.Select(of => ChartText.WidthOf(of.Word)).DefaultIfEmpty().Max());
        double left = labels + (labels > 0 ? Gap : 0);
        double scale = Math.Max(0, size.Width - room - left) / Math.Max(1, quartiles.Select(of => of.Upper).DefaultIfEmpty().Max());
        return ChartFrame.Draw(
            size, Math.Max(1, quartiles.Count) * Row, says, Markup.Join(quartiles.Select((of, i) => Draw(of, i))));

        Markup Draw(Quartiles of, int number)
        {
            double y = (number * Row) + ((Row - Thickness) / 2);
            double lower = left + (Math.Max(0, of.Lower) * scale);
            double width = Math.Max(2, (of.Upper - of.Lower) * scale);
            double median = left + (Math.Max(0, of.Median) * scale);
            return Markup.Of(
                $"""<g><title>{of.Word} {Numbers(of)}</title>{ChartFrame.Text(0, y + 10, ChartText.Fit(of.Word, labels), "label")}<path class="grid" d="M{left} {y + 6}H{size.Width - room}"/><rect class="half" x="{lower}" y="{y}" width="{width}" height="{Thickness}" rx="2"/><rect class="s1" x="{median - 1.5}" y="{y - 2}" width="3" height="{Thickness + 4}"/>{ChartFrame.Text(size.Width, y + 10, Numbers(of), "end label")}</g>""");
        }
    }

    private static string Numbers(Quartiles of) => $"{Figures.Number(of.Lower)} · {Figures.Number(of.Median)} · {Figures.Number(of.Upper)}";
}
