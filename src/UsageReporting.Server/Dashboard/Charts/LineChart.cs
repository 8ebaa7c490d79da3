using System.Globalization;
using System.Text;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>Numbers over time, as lines. Where a number is not said there is a gap.</summary>
internal static class LineChart
{
    private const double RoomBelow = 22;
    private const double RoomAbove = 8;

    public static Markup Draw(ChartSize size, string says, IReadOnlyList<UsageWindow> windows, IReadOnlyList<ChartLine> lines)
    {
        (Markup legend, double above) = lines.Count > 1
            ? Legend.Draw(lines.Select((line, i) => (line.Label, ClassOf(i))), size.Width)
            : (Markup.Nothing, 0);
        double most = lines.SelectMany(line => line.Values).Max() ?? 0;
        ValueAxis values = new(most, above + RoomAbove, size.Plot, Figures.Mark);
        WindowAxis axis = new(windows, ValueAxis.Room, size.Width);
        return ChartFrame.Draw(size, values.Bottom + RoomBelow, says, Markup.Of(
            $"""{legend}{values.Draw(size.Width)}{axis.Draw(values.Bottom + 16)}{lines.Select((line, i) => Draw(line, i, axis, values))}{Spots(windows, lines, axis, values)}"""));
    }

    private static string ClassOf(int line) => string.Create(CultureInfo.InvariantCulture, $"s{line + 1}");

    private static Markup Draw(ChartLine line, int number, WindowAxis axis, ValueAxis values)
    {
        StringBuilder path = new();
        List<Markup> alone = [];
        for (int i = 0; i < line.Values.Count; i++)
        {
            if (line.Values[i] is { } value)
            {
                bool goesOn = i > 0 && line.Values[i - 1] is not null;
                path.Append(CultureInfo.InvariantCulture, $"{(goesOn ? 'L' : 'M')}{axis.MiddleOf(i):0.##} {values.PlaceOf(value):0.##}");
                if (!goesOn && (i + 1 == line.Values.Count || line.Values[i + 1] is null))
                {
                    alone.Add(Markup.Of($"""<circle class="{ClassOf(number)}" cx="{axis.MiddleOf(i)}" cy="{values.PlaceOf(value)}" r="3"/>"""));
                }
            }
        }

        return Markup.Of($"""<path class="line {ClassOf(number)}" d="{path.ToString()}"/>{alone}""");
    }

    // What is said to who points at a window.
    private static Markup Spots(IReadOnlyList<UsageWindow> windows, IReadOnlyList<ChartLine> lines, WindowAxis axis, ValueAxis values) =>
        Markup.Join(
            from i in Enumerable.Range(0, windows.Count)
            let numbers = lines.Where(line => line.Values[i] is not null)
                .Select(line => lines.Count == 1 ? Figures.Number((long)line.Values[i]!) : $"{line.Label} {Figures.Number((long)line.Values[i]!)}")
            select Markup.Of($"""<rect class="spot" x="{axis.StartOf(i)}" y="{values.Bottom - Height(values)}" width="{axis.Band}" height="{Height(values)}"><title>{windows[i].ToString()}: {string.Join(", ", numbers)}</title></rect>"""));

    private static double Height(ValueAxis values) => values.Bottom - values.PlaceOf(values.Most);
}
