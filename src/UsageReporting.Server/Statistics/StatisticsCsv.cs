using System.Globalization;
using System.Text;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Writes published numbers as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before
/// it: values come from strangers.
/// </summary>
internal static class StatisticsCsv
{
    private static readonly char[] BeginFormulas = ['=', '+', '-', '@', '\t', '\r'];

    public static byte[] Write(Summary summary) => Write(
        ["window", "field", "value", "installs", "of", "share", "lower", "median", "upper", "as_of"],
        [
            .. Totals(summary, summary.Week, summary.WeekBefore),
            .. Totals(summary, summary.Month, summary.MonthBefore),
            .. from field in summary.Shown.Fields
               where !field.Name.StartsWith('_')
               from row in Rows(summary.Shown, field)
               select (string[])[$"{summary.Shown.Window}", Text(field.Name), .. row, Time(summary.AsOf)],
        ]);

    public static byte[] Write(Series series) => series.Pair is { } pair
        ? Write(
            ["window", pair.Rows, pair.Columns, "installs", "of", "share", "as_of"],
            from window in series.Windows
            from cell in window.FindPair(series.Name)
            select (string[])[$"{window.Window}", Text(cell.Row), Text(cell.Column), .. Parts(window, cell.Installs), Time(series.AsOf)])
        : Write(
            ["window", "value", "installs", "of", "share", "lower", "median", "upper", "as_of"],
            from window in series.Windows
            where window.Find(series.Name) is not null
            from row in Rows(window, window.Find(series.Name)!)
            select (string[])[$"{window.Window}", .. row, Time(series.AsOf)]);

    // Under names that no field of a schema has. Growth is a share of the window before.
    private static IEnumerable<string[]> Totals(Summary summary, PublishedWindow window, PublishedWindow? before)
    {
        (string Name, long? Installs)[] totals =
        [
            ("_active", window.Installs), ("_new", window.New), ("_returning", window.Installs - window.New), ("_held_back", window.Held),
            ("_ephemeral", window.Ephemeral),
        ];
        foreach ((string name, long? installs) in totals)
        {
            if (installs is { } known)
            {
                yield return [$"{window.Window}", name, "", Number(known), "", "", "", "", "", Time(summary.AsOf)];
            }
        }

        if (Summary.Growth(window, before) is { } growth)
        {
            yield return [$"{window.Window}", "_growth", "", "", "", Number(growth), "", "", "", Time(summary.AsOf)];
        }
    }

    private static IEnumerable<string[]> Rows(PublishedWindow window, PublishedField field)
    {
        Dictionary<string, Quartiles> quartiles = field.Quartiles.ToDictionary(of => of.Word, StringComparer.Ordinal);
        IEnumerable<Cell> cells = field.Values.Concat(
            field.Quartiles.Where(of => of.Word.Length == 0).Select(of => new Cell(of.Word, of.Installs)));
        return cells.Select(string[] (cell) =>
        [
            Text(cell.Value),
            .. Parts(window, cell.Installs),
            .. quartiles.TryGetValue(cell.Value, out Quartiles? of)
                ? new[] { Number(of.Lower), Number(of.Median), Number(of.Upper) }
                : ["", "", ""],
        ]);
    }

    private static string[] Parts(PublishedWindow window, long installs) =>
        [Number(installs), Number(window.Installs!.Value), Number(Share.Of(installs, window.Installs.Value))];

    private static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        StringBuilder csv = new();
        foreach (string[] row in rows.Prepend(header))
        {
            csv.AppendJoin(',', row).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Text(string text)
    {
        string safe = text.Length > 0 && BeginFormulas.Contains(text[0]) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(',', '"', '\r') || safe.Contains('\n', StringComparison.Ordinal)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => time is { } known ? DateField.Write(known) : "";
}
