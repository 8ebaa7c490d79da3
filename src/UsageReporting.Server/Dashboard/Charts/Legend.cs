using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>Which colour stands for what: one line after the other, above a plot.</summary>
internal static class Legend
{
    private const double Swatch = 10;
    private const double Gap = 6;

    /// <summary>Draws it, and says how high it is.</summary>
    public static (Markup Drawing, double Height) Draw(IEnumerable<(string Label, string Class)> entries, double width)
    {
        List<Markup> drawn = [];
        double x = 0;
        double y = 0;
        foreach ((string label, string of) in entries)
        {
            string text = ChartText.Fit(label, width - Swatch - Gap);
            double needs = Swatch + Gap + ChartText.WidthOf(text);
            if (x > 0 && x + needs > width)
            {
                (x, y) = (0, y + ChartText.Line);
            }

            drawn.Add(Markup.Of($"""<rect class="{of}" x="{x}" y="{y + 4}" width="{Swatch}" height="{Swatch}" rx="2"/>{ChartFrame.Text(x + Swatch + Gap, y + 13, text, "label")}"""));
            x += needs + (2 * Gap);
        }

        return (Markup.Join(drawn), drawn.Count == 0 ? 0 : y + ChartText.Line + Gap);
    }
}
