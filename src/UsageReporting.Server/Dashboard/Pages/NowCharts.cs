using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Server.Dashboard.Pages;

/// <summary>Charts of the newest window.</summary>
internal static class NowCharts
{
    /// <summary>Bars that are drawn; the table has all.</summary>
    private const int Bars = 12;

    /// <summary>Columns and rows of two fields together that are drawn.</summary>
    private const int GridColumns = 8;

    /// <summary>The chart of a field, of a word's versions or of a pair; one without a drawing where nothing may be said.</summary>
    public static Chart Of(ReportSchema schema, PublishedWindow window, string name)
    {
        if (Publisher.FindPair(schema, name) is { } pair)
        {
            return OfPair(schema, window, pair);
        }

        UsageField field = schema.Find(FieldRollup.FieldOf(name))!;
        string title = TitleOf(schema, name);
        return window.Find(name) is not { } published
            ? new Chart(name, null, title, NothingIn(window), null, new ChartTable([], [])) { Purpose = field.Purpose, Kind = window.Window.Kind }
            : published.Values.Count == 0
                ? OfQuartiles(field, window, published, title)
                : OfValues(field, window, published, title);
    }

    /// <summary>What a chart is of, in the schema's words.</summary>
    public static string TitleOf(ReportSchema schema, string name)
    {
        if (Publisher.FindPair(schema, name) is { } pair)
        {
            return DashboardTexts.Text("PairTitle", LabelOf(schema.Find(pair.Rows)!), LabelOf(schema.Find(pair.Columns)!));
        }

        UsageField field = schema.Find(FieldRollup.FieldOf(name))!;
        return field.Name == name
            ? LabelOf(field)
            : DashboardTexts.Text("WordTitle", LabelOf(field), name[(field.Name.Length + 1)..]);
    }

    // A detail's label follows another value; here it stands alone.
    public static string LabelOf(UsageField field) =>
        field.DetailOf is null ? field.Label : char.ToUpperInvariant(field.Label[0]) + field.Label[1..];

    private static Chart OfValues(UsageField field, PublishedWindow window, PublishedField published, string title)
    {
        // The versions of a word are parts of those that have it; everything else is part of all.
        long all = published.Name == field.Name ? window.Installs!.Value : published.Values.Sum(cell => cell.Installs);
        Dictionary<string, Quartiles> quartiles = published.Quartiles.ToDictionary(of => of.Word, StringComparer.Ordinal);
        Bar[] bars = [.. published.Values.Select(cell => BarOf(field, cell, all))];
        string[] numbers = quartiles.Count == 0
            ? []
            : [DashboardTexts.Text("LowerQuartile"), DashboardTexts.Text("Median"), DashboardTexts.Text("UpperQuartile")];
        bool hasWords = field is VersionsField && published.Name == field.Name;
        bool isOfWords = field is SetField or CountsField or VersionsField && published.Name == field.Name;
        return new Chart(
            published.Name,
            null,
            title,
            NoteOf(field, window, published, all),
            // One bar of all others is no picture.
            Array.TrueForAll(bars, bar => bar.IsRest) ? null : size => BarChart.Draw(size, SaysOf(title, bars, window), [.. bars.Take(Bars)]),
            new ChartTable(
                [
                    LabelOf(field), DashboardTexts.Text("Installations"), DashboardTexts.Text("Share"), DashboardTexts.Text("Interval"),
                    .. numbers,
                ],
                [.. published.Values.Zip(bars).Select(IReadOnlyList<string> (cell) =>
                [
                    cell.Second.Label,
                    Figures.Number(cell.First.Installs),
                    Figures.Percent(cell.Second.Share),
                    $"{Figures.Percent(cell.Second.Interval.Lower)} – {Figures.Percent(cell.Second.Interval.Upper)}",
                    .. numbers.Length == 0 ? [] : NumbersOf(quartiles.GetValueOrDefault(cell.First.Value)),
                ])])
            {
                CertificateOf = isOfWords ? word => word == DashboardTexts.Text("ValueNotReported") ? null : FieldRollup.NameOf(field.Name, word) : null,
                ChartOf = word => hasWords && window.Find(FieldRollup.NameOf(field.Name, word)) is { } versions ? versions.Name : null,
            })
        {
            Purpose = field.Purpose,
            Window = window.Window,
            Kind = window.Window.Kind,
        };
    }

    private static Bar BarOf(UsageField field, Cell cell, long all) => new(
        ValueText.Of(field, cell.Value), Share.Of(cell.Installs, all), ShareInterval.Of(cell.Installs, all), ValueText.IsRest(cell.Value));

    private static Chart OfQuartiles(UsageField field, PublishedWindow window, PublishedField published, string title) => new(
        published.Name,
        null,
        title,
        Note([DashboardTexts.Text("QuartilesNote"), Of(published.Quartiles.Max(of => of.Installs), window), .. HeldOf(window)]),
        size => QuartileChart.Draw(size, DashboardTexts.Text("SaysNow", title, window.Window), published.Quartiles),
        new ChartTable(
            [
                LabelOf(field), DashboardTexts.Text("Installations"),
                DashboardTexts.Text("LowerQuartile"), DashboardTexts.Text("Median"), DashboardTexts.Text("UpperQuartile"),
            ],
            [.. published.Quartiles.Select(IReadOnlyList<string> (of) =>
                [of.Word.Length == 0 ? title : of.Word, Figures.Number(of.Installs), .. NumbersOf(of)])]))
    {
        Purpose = field.Purpose,
        Kind = window.Window.Kind,
    };

    private static Chart OfPair(ReportSchema schema, PublishedWindow window, FieldPair pair)
    {
        (UsageField rows, UsageField columns) = (schema.Find(pair.Rows)!, schema.Find(pair.Columns)!);
        PairCell[] cells =
            [.. window.FindPair(pair.Name).Select(cell => new PairCell(ValueText.Of(rows, cell.Row), ValueText.Of(columns, cell.Column), cell.Installs))];
        string title = TitleOf(schema, pair.Name);
        return new Chart(
            pair.Name,
            null,
            title,
            cells.Length == 0
                ? NothingIn(window)
                : Note([DashboardTexts.Text("PairNote"), Of(window.Installs!.Value, window), .. HeldOf(window)]),
            cells.Length == 0 ? null : size => GridChart.Draw(
                size, DashboardTexts.Text("SaysNow", title, window.Window), Most(cells, cell => cell.Row, Bars), Most(cells, cell => cell.Column, GridColumns), cells),
            new ChartTable(
                [LabelOf(rows), LabelOf(columns), DashboardTexts.Text("Installations"), DashboardTexts.Text("Share")],
                [.. cells.Select(IReadOnlyList<string> (cell) =>
                    [cell.Row, cell.Column, Figures.Number(cell.Installs), Figures.Percent(Share.Of(cell.Installs, window.Installs!.Value))])]))
        {
            Kind = window.Window.Kind,
        };
    }

    private static string[] Most(PairCell[] cells, Func<PairCell, string> by, int most) =>
        [.. cells.GroupBy(by).OrderByDescending(of => of.Sum(cell => cell.Installs)).Select(of => of.Key).Take(most)];

    private static string[] NumbersOf(Quartiles? of) => [Figures.Number(of?.Lower), Figures.Number(of?.Median), Figures.Number(of?.Upper)];

    /// <summary>How much of a field is folded, where anything is.</summary>
    public static IEnumerable<string> OtherOf(PublishedField field, long all) => field.Values.Where(cell => cell.Value == Folding.Other)
        .Select(other => DashboardTexts.Text("OtherNote", Figures.Percent(Share.Of(other.Installs, all))));

    /// <summary>How many more there may be that are in no number of a window, where there are any.</summary>
    public static IEnumerable<string> HeldOf(PublishedWindow window) => window.Held switch
    {
        0 => [],
        null => [DashboardTexts.Text("HeldFewNote", ServerLimits.LeastPublished)],
        var held => [DashboardTexts.Text("HeldNote", Figures.Number(held))],
    };

    private static string NoteOf(UsageField field, PublishedWindow window, PublishedField published, long all) => Note(
    [
        Of(all, window),
        .. OtherOf(published, all),
        .. field is SetField or CountsField or VersionsField && published.Name == field.Name ? [DashboardTexts.Text("SeveralNote")] : Array.Empty<string>(),
        .. HeldOf(window),
    ]);

    private static string Of(long installs, PublishedWindow window) =>
        DashboardTexts.Text("NoteNow", Figures.Number(installs), window.Window, Figures.Days(window.Window));

    private static string Note(IEnumerable<string> sentences) => string.Join(' ', sentences);

    private static string SaysOf(string title, Bar[] bars, PublishedWindow window) => DashboardTexts.Text(
        "SaysBars", title, window.Window, string.Join(", ", bars.Take(3).Select(bar => $"{bar.Label} {Figures.Percent(bar.Share)}")));

    private static string NothingIn(PublishedWindow window) => DashboardTexts.Text("NothingSaid", window.Window, ServerLimits.LeastPublished);
}
