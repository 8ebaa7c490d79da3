using System.Globalization;
using System.Text;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Statistics;

/// <summary>Writes what a maintainer wants to know once a week, as Markdown. Only published numbers are in it.</summary>
internal static class Digest
{
    private const int ShownValues = 5;

    public static string Write(ReportSchema schema, Summary summary)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {summary.Product}, {summary.Week.Window}\n\n")
            .Append("| | installs | new | change | held back |\n|---|---|---|---|---|\n");
        foreach ((PublishedWindow window, PublishedWindow? before) in
            new[] { (summary.Week, summary.WeekBefore), (summary.Month, summary.MonthBefore) })
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {window.Window} | {Text(window.Installs)} | {Text(window.New)} | {Change(window, before)} | {Text(window.Held)} |\n");
        }

        foreach (PublishedField field in summary.Shown.Fields.Where(f => schema.Find(f.Name) is not null && f.Values.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{Escape(schema.Find(field.Name)!.Label)}** ({summary.Shown.Window}): ")
                .AppendJoin(", ", field.Values.Take(ShownValues).Select(cell => $"{Escape(cell.Value)} {Share(cell, summary.Shown)}"))
                .Append(field.Values.Count > ShownValues ? ", …\n" : "\n");
        }

        return text.ToString();
    }

    private static string Text(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    private static string Change(PublishedWindow window, PublishedWindow? before) =>
        Summary.Growth(window, before) is { } growth ? growth.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "–";

    private static string Share(Cell cell, PublishedWindow window) =>
        ((double)cell.Installs / window.Installs!.Value).ToString("0 %", CultureInfo.InvariantCulture);

    // Values come from strangers: what would be a link, a table or HTML stays text.
    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            escaped.Append(c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '!' or '&' ? $"\\{c}" : c.ToString());
        }

        return escaped.ToString();
    }
}
