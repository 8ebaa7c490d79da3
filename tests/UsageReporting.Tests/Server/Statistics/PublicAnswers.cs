using System.Globalization;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UsageReporting.Server.Badges;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

/// <summary>
/// All that anybody can read of one window, taken from the documents themselves: JSON and CSV, of the summary and of each series,
/// badges, the digest and the charts of the dashboard. They have to say the same.
/// </summary>
internal sealed class PublicAnswers
{
    private readonly ReportSchema _schema;
    private readonly PublishedWindow _window;
    private readonly JsonElement _summary;
    private readonly string[] _summaryCsv;
    private readonly PublicCharts _charts;

    public PublicAnswers(ReportSchema schema, PublishedWindow window)
    {
        _schema = schema;
        _window = window;
        _charts = new PublicCharts(schema, window);
        Summary summary = new("paperless-ngx", AnyInstallations.Monday, window, window, window, window, null);
        Text = Encoding.UTF8.GetString(StatisticsJson.Write(summary));
        _summary = JsonElement.Parse(Text);
        string csv = Encoding.UTF8.GetString(StatisticsCsv.Write(summary));
        _summaryCsv = csv.Split("\r\n");
        Total = NumberOf("active_week", "_active");
        New = NumberOf("new_week", "_new");
        Held = NumberOf("held_back_week", "_held_back");
        Assert.That(NumberOf("returning_week", "_returning"), Is.EqualTo(Total - New));
        _charts.AssertTotals(Total, Held, New);
        AssertBadge(summary, "active_week", Total);
        AssertBadge(summary, "new_month", New);
        Everything = string.Concat(
            Text, csv, Digest.Write(schema, summary), string.Concat(
                schema.Fields.Where(field => Publisher.MayBeShown(schema, field.Name))
                    .Select(field => Encoding.UTF8.GetString(Json(field.Name)) + _charts.Drawings(field.Name))));
    }

    /// <summary>The summary.</summary>
    public string Text { get; }

    /// <summary>All documents.</summary>
    public string Everything { get; }

    public long? Total { get; }

    public long? New { get; }

    public long? Held { get; }

    /// <summary>The values of a field, or the versions of a word.</summary>
    public Dictionary<string, long> Values(string name)
    {
        JsonElement window = JsonElement.Parse(Json(name)).GetProperty("series")[0];
        Dictionary<string, long> values =
            window.GetProperty("values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetInt64());
        Dictionary<string, long> ofCsv = Csv(name).Where(row => row[1].Length > 0 || _schema.Find(name) is TextField)
            .ToDictionary(row => row[1], row => long.Parse(row[2], CultureInfo.InvariantCulture));
        Assert.That(ofCsv, Is.EqualTo(values));
        if (!name.StartsWith('_'))
        {
            Dictionary<string, long> ofSummary = !_summary.GetProperty("fields").TryGetProperty(name, out JsonElement cells)
                ? []
                : cells.EnumerateArray().ToDictionary(c => c.GetProperty("value").GetString()!, c => c.GetProperty("installs").GetInt64());
            Assert.That(ofSummary, Is.EqualTo(values));
            _charts.AssertValues(name, values);
        }

        return values;
    }

    /// <summary>How many reported a number.</summary>
    public IEnumerable<long> Numbers(string name)
    {
        JsonElement window = JsonElement.Parse(Json(name)).GetProperty("series")[0];
        long[] numbers = !window.TryGetProperty("quartiles", out JsonElement quartiles)
            ? []
            : [.. quartiles.EnumerateArray().Select(of => of.GetProperty("installs").GetInt64())];
        Assert.That(Csv(name).Where(row => row[5].Length > 0).Select(row => long.Parse(row[2], CultureInfo.InvariantCulture)), Is.EqualTo(numbers));
        _charts.AssertNumbers(name, numbers);
        return numbers;
    }

    /// <summary>The cells of two fields together.</summary>
    public Dictionary<(string Row, string Column), long> Cells(FieldPair pair)
    {
        JsonElement window = JsonElement.Parse(Json(pair.Name)).GetProperty("series")[0];
        Dictionary<(string, string), long> cells = window.GetProperty("cells").EnumerateArray().ToDictionary(
            cell => (cell.GetProperty("row").GetString()!, cell.GetProperty("column").GetString()!),
            cell => cell.GetProperty("installs").GetInt64());
        Assert.That(
            Csv(pair.Name).ToDictionary(row => (row[1], row[2]), row => long.Parse(row[3], CultureInfo.InvariantCulture)), Is.EqualTo(cells));
        int ofSummary = _summary.GetProperty("pairs").TryGetProperty(pair.Name, out JsonElement same) ? same.GetArrayLength() : 0;
        Assert.That(ofSummary, Is.EqualTo(cells.Count));
        _charts.AssertCells(pair, cells);
        return cells;
    }

    private Series SeriesOf(string name) => new(
        "paperless-ngx", name, Publisher.FindPair(_schema, name), _window.Window.Kind, AnyInstallations.Monday, [_window]);

    private byte[] Json(string name) => StatisticsJson.Write(SeriesOf(name));

    // Nothing here needs quotation marks.
    private IEnumerable<string[]> Csv(string name) =>
        Encoding.UTF8.GetString(StatisticsCsv.Write(SeriesOf(name))).Split("\r\n")[1..^1].Select(row => row.Split(','));

    private long? NumberOf(string name, string nameInCsv)
    {
        JsonElement json = _summary.GetProperty(name);
        long? number = json.ValueKind == JsonValueKind.Null ? null : json.GetInt64();
        string? row = _summaryCsv.FirstOrDefault(row => row.StartsWith($"{_window.Window},{nameInCsv},", StringComparison.Ordinal));
        Assert.That(
            row?.Split(',')[3] is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : (long?)null, Is.EqualTo(number), name);
        return number;
    }

    private static void AssertBadge(Summary summary, string metric, long? number) => Assert.That(
        StatisticsBadge.Of(summary, metric)!.Value, Is.EqualTo(number is { } known ? BadgeNumber.Of(known) : "not published"));
}
