using UsageReporting.Server.Dashboard.Writing;
using UsageReporting.Server.Rollups;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>Numbers by two things at once: the more, the darker. A cell that is not told is empty.</summary>
internal static class GridChart
{
    /// <summary>Columns that all have a name.</summary>
    private const int NamedColumns = 8;

    private const double Row = 22;
    private const double PartOfLabels = 0.26;
    private const double Gap = 8;

    // The number in a cell is read on the palest and on the strongest of them.
    private const double Palest = 0.08;
    private const double Strongest = 0.5;

    /// <param name="size">How large.</param>
    /// <param name="says">What it says to who cannot see it.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="cells">The numbers; those of other rows and columns are not drawn.</param>
    public static Markup Draw(
        ChartSize size, string says, IReadOnlyList<string> rows, IReadOnlyList<string> columns, IReadOnlyList<PairCell> cells)
    {
        double labels = Math.Min(size.Width * PartOfLabels, rows.Select(ChartText.WidthOf).DefaultIfEmpty().Max());
        double left = labels + Gap;
        double width = (size.Width - left) / Math.Max(1, columns.Count);
        double most = Math.Max(1, cells.Select(cell => cell.Installs).DefaultIfEmpty().Max());
        // Where there are many they follow each other, like months, and not every one needs its name.
        int each = columns.Count <= NamedColumns ? 1 : (int)Math.Ceiling(columns.Select(ChartText.WidthOf).DefaultIfEmpty().Max() / width);
        Dictionary<string, int> rowOf = rows.Index().ToDictionary(row => row.Item, row => row.Index, StringComparer.Ordinal);
        Dictionary<string, int> columnOf = columns.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        return ChartFrame.Draw(size, ChartText.Line + 4 + (rows.Count * Row), says, Markup.Of(
            $"{columns.Index().Where(c => c.Index % each == 0).Select(Column)}{rows.Index().Select(r => ChartFrame.Text(0, Top(r.Index) + 15, ChartText.Fit(r.Item, labels), "label"))}{cells.Where(c => rowOf.ContainsKey(c.Row) && columnOf.ContainsKey(c.Column)).Select(Cell)}"));

        double Top(int row) => ChartText.Line + 4 + (row * Row);

        Markup Column((int Index, string Item) column) =>
            ChartFrame.Text(left + ((column.Index + (each / 2.0)) * width), 12, ChartText.Fit(column.Item, width * each), "middle");

        Markup Cell(PairCell cell)
        {
            double x = left + (columnOf[cell.Column] * width);
            double y = Top(rowOf[cell.Row]);
            double strength = Palest + ((Strongest - Palest) * cell.Installs / most);
            string number = Figures.Number(cell.Installs);
            bool fits = ChartText.WidthOf(number) + 4 <= width;
            Markup text = fits ? ChartFrame.Text(x + (width / 2), y + 15, number, "middle label") : Markup.Nothing;
            return Markup.Of(
                $"""<g><title>{cell.Row}, {cell.Column}: {number}</title><rect class="heat" x="{x}" y="{y}" width="{Math.Max(1, width - 2)}" height="{Row - 2}" rx="2" fill-opacity="{strength}"/>{text}</g>""");
        }
    }
}
