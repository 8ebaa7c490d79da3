using System.Globalization;
using System.Text;
using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>A line of a word's size that says whether a number goes up or down.</summary>
internal static class Sparkline
{
    private const double Width = 160;
    private const double Height = 36;
    private const double Margin = 3;

    public static Markup Draw(string says, IReadOnlyList<long?> numbers)
    {
        double most = Math.Max(1, numbers.Max() ?? 0);
        double step = (Width - (2 * Margin)) / Math.Max(1, numbers.Count - 1);
        StringBuilder path = new();
        for (int i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] is { } number)
            {
                char command = i > 0 && numbers[i - 1] is not null ? 'L' : 'M';
                path.Append(CultureInfo.InvariantCulture, $"{command}{Margin + (i * step):0.##} {Height - Margin - (number / most * (Height - (2 * Margin))):0.##}");
            }
        }

        // A line has two ends.
        if (numbers.Count(number => number is not null) == 1)
        {
            path.Append("h.01");
        }

        return Markup.Of(
            $"""<svg class="chart spark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-label="{says}"><path class="line s1" d="{path.ToString()}"/></svg>""");
    }
}
