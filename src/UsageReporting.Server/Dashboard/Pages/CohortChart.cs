using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>How many of those that were first seen in a month are still there in later ones.</summary>
internal static class CohortChart
{
    private const int Months = 13;

    /// <param name="firstSeen">The months, and in each the months in which its installations were first seen.</param>
    public static Chart Of(Series firstSeen)
    {
        PublishedWindow[] windows = [.. firstSeen.Windows.TakeLast(Months)];
        PairCell[] cells =
        [
            .. from window in windows
               from cell in window.Find(Rollup.FirstSeen)?.Values ?? []
               where cell.Value != Folding.Other
               select new PairCell(cell.Value, window.Window.ToString(), cell.Installs),
        ];
        string[] cohorts = [.. cells.Select(cell => cell.Row).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).TakeLast(Months)];
        string[] months = [.. windows.Select(window => window.Window.ToString())];
        Dictionary<(string, string), long> installs = cells.ToDictionary(cell => (cell.Row, cell.Column), cell => cell.Installs);
        string title = DashboardTexts.Text("CohortTitle");
        return new Chart(
            Rollup.FirstSeen,
            ChartView.Months,
            title,
            cells.Length > 0 ? $"{DashboardTexts.Text("CohortNote")} {TimeCharts.Note(firstSeen, isOfValues: true)}" : DashboardTexts.Text("NoNumbersInWindows"),
            cells.Length > 0 ? size => GridChart.Draw(size, TimeCharts.Says(title, firstSeen), cohorts, months, cells) : null,
            new ChartTable(
                [DashboardTexts.Text("FirstSeen"), .. months],
                [.. cohorts.Select(IReadOnlyList<string> (cohort) =>
                [
                    cohort,
                    .. months.Select(month => string.CompareOrdinal(month, cohort) < 0
                        ? ""
                        : Figures.Number(installs.TryGetValue((cohort, month), out long number) ? number : null)),
                ])]))
        {
            Kind = WindowKind.Month,
        };
    }
}
