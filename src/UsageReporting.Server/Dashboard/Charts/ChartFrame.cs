using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>
/// The outside of a drawing. It has classes and no colours: those are the style sheet's, so that one drawing is right in the light
/// and in the dark.
/// </summary>
internal static class ChartFrame
{
    public static Markup Draw(ChartSize size, double height, string says, Markup content) => Markup.Of(
        $"""<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.Width} {height}" role="img" aria-label="{says}">{size.Head}{content}</svg>""");

    public static Markup Text(double x, double y, string text, string place) =>
        Markup.Of($"""<text x="{x}" y="{y}" class="{place}">{text}</text>""");
}
