using System.Globalization;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>The level axis of a plot: a band for each window, and as many names below as there is room for.</summary>
/// <param name="windows">The windows, oldest first.</param>
/// <param name="left">Where it begins.</param>
/// <param name="right">Where it ends.</param>
internal sealed class WindowAxis(IReadOnlyList<UsageWindow> windows, double left, double right)
{
    private const int FewWeeks = 14;
    private const double RoomOfName = 62;

    /// <summary>How wide one window is.</summary>
    public double Band { get; } = (right - left) / Math.Max(1, windows.Count);

    public double StartOf(int window) => left + (window * Band);

    public double MiddleOf(int window) => StartOf(window) + (Band / 2);

    public Markup Draw(double y)
    {
        (int Window, string Name)[] names = [.. Names()];
        int each = Math.Max(1, (int)Math.Ceiling(names.Length * RoomOfName / (right - left)));
        return Markup.Join(
            from name in names.Where((_, i) => i % each == 0)
            // At the end there is less room.
            let x = Math.Min(MiddleOf(name.Window), right - (ChartText.WidthOf(name.Name) / 2))
            select ChartFrame.Text(x, y, name.Name, "middle"));
    }

    // A year of weeks has the names of months.
    private IEnumerable<(int Window, string Name)> Names()
    {
        bool hasDays = windows.Count <= FewWeeks && windows.Count > 0 && windows[0].Kind == WindowKind.Week;
        for (int i = 0; i < windows.Count; i++)
        {
            if (hasDays)
            {
                yield return (i, windows[i].FirstDay.ToString("d MMM", CultureInfo.InvariantCulture));
            }
            else if (i == 0 || windows[i].FirstDay.Month != windows[i - 1].FirstDay.Month)
            {
                yield return (i, Figures.Month(windows[i].FirstDay));
            }
        }
    }
}
