using System.Globalization;
using System.Text;

namespace UsageReporting.Server.Statistics;

/// <summary>
/// Writes published numbers as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before
/// it: values come from strangers.
/// </summary>
internal static class StatisticsCsv
{
    private static readonly char[] BeginFormulas = ['=', '+', '-', '@', '\t', '\r'];

    public static byte[] Write(Summary summary)
    {
        PublishedWindow shown = summary.Shown;
        return Write(
            ["window", "field", "value", "installs", "share"],
            from field in shown.Fields
            where !field.Name.StartsWith('_')
            from cell in field.Values
            select new[]
            {
                shown.Window.ToString(), field.Name, cell.Value, Number(cell.Installs),
                Math.Round((double)cell.Installs / shown.Installs!.Value, 4).ToString(CultureInfo.InvariantCulture),
            });
    }

    public static byte[] Write(Series series) => Write(
        ["window", "value", "installs"],
        from window in series.Windows
        from cell in window.Find(series.Field)?.Values ?? []
        select new[] { window.Window.ToString(), cell.Value, Number(cell.Installs) });

    private static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        StringBuilder csv = new();
        foreach (string[] row in rows.Prepend(header))
        {
            csv.AppendJoin(',', row.Select(Escape)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Escape(string text)
    {
        string safe = text.Length > 0 && BeginFormulas.Contains(text[0]) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(',', '"', '\r') || safe.Contains('\n', StringComparison.Ordinal)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
