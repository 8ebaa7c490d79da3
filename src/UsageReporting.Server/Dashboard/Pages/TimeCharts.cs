using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>Charts over time: of all installations, of new ones, and of those that have each value.</summary>
internal static class TimeCharts
{
    /// <summary>The name of the chart of all installations.</summary>
    public const string Active = "_active";

    /// <summary>As many colours as can be told apart.</summary>
    private const int Colours = 6;

    public static Chart OfActive(ChartView view, Series totals)
    {
        UsageWindow[] windows = WindowsOf(totals);
        ChartLine line = new(DashboardTexts.Text("Installations"), [.. totals.Windows.Select(window => (double?)window.Installs)]);
        string title = DashboardTexts.Text("ActiveTitle");
        return new Chart(
            Active,
            view,
            title,
            string.Join(' ', [Note(totals), .. EphemeralOf(totals)]),
            IsAnySaid(totals) ? size => LineChart.Draw(size, Says(title, totals), windows, [line]) : null,
            new ChartTable(
                [WindowColumn(view), DashboardTexts.Text("Installations"), DashboardTexts.Text("HeldBack")],
                [.. totals.Windows.Reverse().Select(IReadOnlyList<string> (window) =>
                    [window.Window.ToString(), Figures.Number(window.Installs), Figures.Number(window.Held)])]))
        {
            DataName = totals.Name,
            Kind = view.Kind,
        };
    }

    public static Chart OfNew(ChartView view, Series totals)
    {
        UsageWindow[] windows = WindowsOf(totals);
        string title = DashboardTexts.Text("NewTitle");
        ChartLine[] layers =
        [
            new(DashboardTexts.Text("Returning"), [.. totals.Windows.Select(window => (double?)(window.Installs - window.New))]),
            new(DashboardTexts.Text("New"), [.. totals.Windows.Select(window => (double?)window.New)]),
        ];
        bool isSaid = totals.Windows.Any(window => window.New is not null);
        double most = totals.Windows.Where(window => window.New is not null).Max(window => (double?)window.Installs) ?? 0;
        return new Chart(
            Rollup.New,
            view,
            title,
            isSaid ? Note(totals) : DashboardTexts.Text("NewUnknown"),
            isSaid ? size => StackChart.Draw(size, Says(title, totals), windows, layers, most, null, number => Figures.Number((long)number)) : null,
            new ChartTable(
                [WindowColumn(view), DashboardTexts.Text("New"), DashboardTexts.Text("Returning")],
                [.. totals.Windows.Reverse().Select(IReadOnlyList<string> (window) =>
                    [window.Window.ToString(), Figures.Number(window.New), Figures.Number(window.Installs - window.New)])]))
        {
            DataName = totals.Name,
            Kind = view.Kind,
        };
    }

    /// <summary>How many have each value, as lines.</summary>
    public static Chart OfNumbers(ReportSchema schema, ChartView view, Series series, string title)
    {
        string[] values = Largest(series);
        ChartLine[] lines = [.. values.Select(value => LineOf(schema, series, value, (installs, _) => installs))];
        return OfValues(schema, view, series, title, values, size => LineChart.Draw(size, Says(title, series), WindowsOf(series), lines));
    }

    /// <summary>
    /// Which part has each value, as columns up to 100 %. The values of a version stand in the order in which they came into use,
    /// so that one grows on top of the other; others by how many have them.
    /// </summary>
    public static Chart OfShares(ReportSchema schema, ChartView view, Series series, string title)
    {
        UsageField? field = FieldOf(schema, series);
        if (field is SetField or CountsField || (field is VersionsField && field.Name == series.Name))
        {
            // Of several words an installation has any number: they are parts of no whole.
            return OfNumbers(schema, view, series, title);
        }

        string[] largest = Largest(series);
        string[] values = field is VersionField or VersionsField ? [.. largest.OrderBy(value => MiddleOf(series, value))] : largest;
        ChartLine[] layers = [.. values.Select(value => LineOf(schema, series, value, (installs, all) => (double)installs / all))];
        return OfValues(schema, view, series, title, values, size => StackChart.Draw(
            size, Says(title, series), WindowsOf(series), layers, 1, DashboardTexts.Text("AllOthers"), Figures.Percent));
    }

    /// <summary>The middle of a count in each window.</summary>
    public static Chart OfMedians(ReportSchema schema, ChartView view, Series series, string title)
    {
        string[] words = [.. series.Windows.SelectMany(window => window.Find(series.Name)?.Quartiles ?? []).GroupBy(of => of.Word)
            .OrderByDescending(of => of.Max(q => q.Installs)).Select(of => of.Key).Take(Colours)];
        ChartLine[] lines =
        [
            .. words.Select(word => new ChartLine(
                word.Length == 0 ? DashboardTexts.Text("Median") : word,
                [.. series.Windows.Select(window => (double?)window.Find(series.Name)?.Quartiles.FirstOrDefault(of => of.Word == word)?.Median)])),
        ];
        return new Chart(
            series.Name,
            view,
            title,
            $"{DashboardTexts.Text("MedianNote")} {Note(series)}",
            words.Length > 0 ? size => LineChart.Draw(size, Says(title, series), WindowsOf(series), lines) : null,
            new ChartTable(
                [WindowColumn(view), .. lines.Select(line => line.Label)],
                [.. series.Windows.Index().Reverse().Select(IReadOnlyList<string> (window) =>
                    [window.Item.Window.ToString(), .. lines.Select(line => Figures.Number((long?)line.Values[window.Index]))])]))
        {
            Purpose = FieldOf(schema, series)?.Purpose,
            Kind = view.Kind,
        };
    }

    /// <summary>What a chart of a field over time is called.</summary>
    public static string TitleOf(ReportSchema schema, string name) => DashboardTexts.Text("OverTimeTitle", NowCharts.TitleOf(schema, name));

    public static string WindowColumn(ChartView view) => DashboardTexts.Text(view.Kind == WindowKind.Week ? "Week" : "Month");

    public static UsageWindow[] WindowsOf(Series series) => [.. series.Windows.Select(window => window.Window)];

    /// <summary>What a chart over time says to who cannot see it.</summary>
    public static string Says(string title, Series series) => series.Windows is [{ } first, .., { } last]
        ? DashboardTexts.Text("SaysOverTime", title, first.Window, last.Window)
        : title;

    /// <summary>Of what a chart is, and how much of it is held back; of values also how much is folded.</summary>
    public static string Note(Series series, bool isOfValues = false) => series.Windows.LastOrDefault(window => window.Installs is not null) is { } last
        ? string.Join(
            ' ',
            [
                DashboardTexts.Text("NoteOverTime", last.Window, Figures.Number(last.Installs), Figures.Time(last.Made ?? series.AsOf!.Value)),
                .. isOfValues && last.Find(series.Name) is { } field ? NowCharts.OtherOf(field, WholeOf(series, last)) : [],
                .. NowCharts.HeldOf(last),
            ])
        : DashboardTexts.Text("NoNumbersInWindows");

    private static IEnumerable<string> EphemeralOf(Series totals) =>
        totals.Windows.LastOrDefault(window => window.Installs is not null) is { Ephemeral: > 0 and var reports }
            ? [DashboardTexts.Text("EphemeralNote", Figures.Number(reports))]
            : [];

    private static bool IsAnySaid(Series series) => series.Windows.Any(window => window.Installs is not null);

    private static UsageField? FieldOf(ReportSchema schema, Series series) => schema.Find(FieldRollup.FieldOf(series.Name));

    private static Chart OfValues(
        ReportSchema schema, ChartView view, Series series, string title, string[] values, Func<ChartSize, Markup> draw)
    {
        UsageField? field = FieldOf(schema, series);
        return new Chart(
            series.Name,
            view,
            title,
            Note(series, isOfValues: true),
            values.Length > 0 ? draw : null,
            new ChartTable(
                [WindowColumn(view), DashboardTexts.Text("Installations"), .. values.Select(value => ValueText.Of(field, value))],
                [.. series.Windows.Reverse().Select(IReadOnlyList<string> (window) =>
                    [window.Window.ToString(), Figures.Number(window.Installs), .. values.Select(value => Figures.Number(Find(series, window, value)))])]))
        {
            Purpose = field?.Purpose,
            Kind = view.Kind,
        };
    }

    private static ChartLine LineOf(ReportSchema schema, Series series, string value, Func<long, long, double> of) => new(
        ValueText.Of(FieldOf(schema, series), value),
        [
            .. series.Windows.Select(window => Find(series, window, value) is { } installs
                ? (double?)of(installs, WholeOf(series, window))
                : null),
        ]);

    // The versions of a word are parts of those that have it.
    private static long WholeOf(Series series, PublishedWindow window) => FieldRollup.FieldOf(series.Name) == series.Name
        ? window.Installs!.Value
        : window.Find(series.Name)!.Values.Sum(cell => cell.Installs);

    private static string[] Largest(Series series) =>
    [
        .. series.Windows.Where(window => window.Installs is not null)
            .SelectMany(window => (window.Find(series.Name)?.Values ?? []).Select(cell => (cell.Value, Share: (double)cell.Installs / window.Installs!.Value)))
            .Where(cell => cell.Value != Folding.Other)
            .GroupBy(cell => cell.Value, StringComparer.Ordinal)
            .OrderByDescending(value => value.Max(cell => cell.Share)).ThenBy(value => value.Key, StringComparer.Ordinal)
            .Take(Colours).Select(value => value.Key),
    ];

    // The middle of the time in which it was in use.
    private static double MiddleOf(Series series, string value)
    {
        (double Weight, double Sum) middle = (0, 0);
        foreach ((int i, PublishedWindow window) in series.Windows.Index())
        {
            long installs = Find(series, window, value) ?? 0;
            middle = (middle.Weight + installs, middle.Sum + ((double)installs * i));
        }

        return middle.Sum / Math.Max(1, middle.Weight);
    }

    private static long? Find(Series series, PublishedWindow window, string value) => window.Find(series.Name)?.Values
        .Where(cell => cell.Value == value).Select(cell => (long?)cell.Installs).FirstOrDefault();
}
