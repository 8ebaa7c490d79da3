using System.Globalization;
using System.Text;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>
/// Parts of a whole over time: a column for each window, as a window is one number and not a slope. A window of which nothing is
/// said has no column.
/// </summary>
internal static class StackChart
{
    private const double RoomBelow = 22;
    private const double RoomAbove = 8;
    private const double Filled = 0.86;
    private const double Widest = 48;

    /// <param name="size">How large.</param>
    /// <param name="says">What it says to who cannot see it.</param>
    /// <param name="windows">The windows, oldest first.</param>
    /// <param name="layers">The parts, from below.</param>
    /// <param name="most">The largest whole.</param>
    /// <param name="rest">What the part of a column is called that no layer fills, up to the largest whole; null for none.</param>
    /// <param name="write">How numbers are written.</param>
    public static Markup Draw(
        ChartSize size,
        string says,
        IReadOnlyList<UsageWindow> windows,
        IReadOnlyList<ChartLine> layers,
        double most,
        string? rest,
        Func<double, string> write)
    {
        IEnumerable<(string, string)> entries = layers.Select((layer, i) => (layer.Label, ClassOf(i)));
        (Markup legend, double above) = Legend.Draw(rest is null ? entries : entries.Append((rest, "rest")), size.Width);
        ValueAxis values = new(most, above + RoomAbove, size.Plot, rest is null ? Figures.Mark : Figures.WholePercent);
        WindowAxis axis = new(windows, ValueAxis.Room, size.Width);
        bool[] isSaid = [.. windows.Select((_, i) => layers.Any(layer => layer.Values[i] is not null))];
        double[] upTo = new double[windows.Count];
        List<Markup> drawn = [];
        foreach ((int number, ChartLine layer) in layers.Index())
        {
            StringBuilder path = new();
            for (int i = 0; i < windows.Count; i++)
            {
                double value = layer.Values[i] ?? 0;
                Append(path, axis, i, values.PlaceOf(upTo[i]), values.PlaceOf(upTo[i] + value));
                upTo[i] += value;
            }

            drawn.Add(Markup.Of($"""<path class="{ClassOf(number)}" d="{path.ToString()}"/>"""));
        }

        if (rest is not null)
        {
            StringBuilder path = new();
            foreach (int i in Enumerable.Range(0, windows.Count).Where(i => isSaid[i]))
            {
                Append(path, axis, i, values.PlaceOf(upTo[i]), values.PlaceOf(most));
            }

            drawn.Add(Markup.Of($"""<path class="rest" d="{path.ToString()}"/>"""));
        }

        IEnumerable<Markup> spots =
            from i in Enumerable.Range(0, windows.Count)
            where isSaid[i]
            let parts = layers.Where(layer => layer.Values[i] is not null).Select(layer => $"{layer.Label} {write(layer.Values[i]!.Value)}")
            select Markup.Of($"""<rect class="spot" x="{axis.StartOf(i)}" y="{values.PlaceOf(values.Most)}" width="{axis.Band}" height="{size.Plot}"><title>{windows[i].ToString()}: {string.Join(", ", parts)}</title></rect>""");
        return ChartFrame.Draw(size, values.Bottom + RoomBelow, says, Markup.Of(
            $"{legend}{values.Draw(size.Width)}{axis.Draw(values.Bottom + 16)}{drawn}{spots}"));
    }

    private static string ClassOf(int layer) => string.Create(CultureInfo.InvariantCulture, $"s{layer + 1}");

    private static void Append(StringBuilder path, WindowAxis axis, int window, double from, double to)
    {
        if (from - to > 0.005)
        {
            double width = Math.Min(axis.Band * Filled, Widest);
            path.Append(
                CultureInfo.InvariantCulture,
                $"M{axis.MiddleOf(window) - (width / 2):0.##} {from:0.##}V{to:0.##}h{width:0.##}V{from:0.##}z");
        }
    }
}
