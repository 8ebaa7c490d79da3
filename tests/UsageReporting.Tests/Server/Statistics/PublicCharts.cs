using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>What the dashboard says of one window: its tables, which hold what its drawings show, and the drawings' words.</summary>
internal sealed class PublicCharts(ReportSchema schema, PublishedWindow window)
{
    private readonly ChartView _view = new("test", window.Window.Kind, 1);

    /// <summary>All drawings of a field.</summary>
    public string Drawings(string name) => string.Concat(
        new[] { NowCharts.Of(schema, window, name), OverTime(name) }.Select(chart => chart.Draw?.Invoke(ChartSize.Page).ToString()));

    /// <summary>A chart says of each value what JSON says; one over time only of the largest.</summary>
    public void AssertValues(string name, IReadOnlyDictionary<string, long> values)
    {
        UsageField field = schema.Find(FieldRollup.FieldOf(name))!;
        Dictionary<string, long> shown = values.ToDictionary(value => ValueText.Of(field, value.Key), value => value.Value);
        ChartTable now = NowCharts.Of(schema, window, name).Table;
        Assert.That(now.Rows.ToDictionary(row => row[0], row => Number(row[1])!.Value), Is.EqualTo(shown), name);
        ChartTable overTime = OverTime(name).Table;
        for (int column = 2; column < overTime.Columns.Count; column++)
        {
            Assert.That(Number(overTime.Rows.Single()[column]), Is.EqualTo(shown[overTime.Columns[column]]), $"{name} {overTime.Columns[column]}");
        }
    }

    public void AssertNumbers(string name, IEnumerable<long> installs) =>
        Assert.That(NowCharts.Of(schema, window, name).Table.Rows.Select(row => Number(row[1])!.Value), Is.EqualTo(installs));

    public void AssertCells(FieldPair pair, IReadOnlyDictionary<(string Row, string Column), long> cells)
    {
        (UsageField rows, UsageField columns) = (schema.Find(pair.Rows)!, schema.Find(pair.Columns)!);
        Assert.That(
            NowCharts.Of(schema, window, pair.Name).Table.Rows.ToDictionary(row => (row[0], row[1]), row => Number(row[2])!.Value),
            Is.EqualTo(cells.ToDictionary(cell => (ValueText.Of(rows, cell.Key.Row), ValueText.Of(columns, cell.Key.Column)), cell => cell.Value)));
    }

    public void AssertTotals(long? total, long? held, long? newOnes)
    {
        Series totals = SeriesOf(Rollup.New);
        IReadOnlyList<string> active = TimeCharts.OfActive(_view, totals).Table.Rows.Single();
        IReadOnlyList<string> parts = TimeCharts.OfNew(_view, totals).Table.Rows.Single();
        Assert.That((Number(active[1]), Number(active[2])), Is.EqualTo((total, held)));
        Assert.That((Number(parts[1]), Number(parts[2])), Is.EqualTo((newOnes, total - newOnes)));
    }

    private Chart OverTime(string name) => TimeCharts.OfShares(schema, _view, SeriesOf(name), name);

    private Series SeriesOf(string name) => new("paperless-ngx", name, null, window.Window.Kind, AnyInstallations.Monday, [window]);

    private static long? Number(string text) =>
        text == "–" ? null : long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
