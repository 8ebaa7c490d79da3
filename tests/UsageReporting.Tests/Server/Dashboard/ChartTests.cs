using System.Globalization;
using System.Xml.Linq;
using NUnit.Framework;
using UsageReporting.Server.Dashboard.Charts;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Dashboard;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly UsageWindow[] Weeks =
        [.. Enumerable.Range(0, 4).Select(week => UsageWindow.Of(WindowKind.Week, new DateOnly(2026, 11, 2).AddDays(7 * week)))];

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(7, 8)]
    [TestCase(99, 100)]
    [TestCase(101, 150)]
    [TestCase(3_478, 4_000)]
    [TestCase(1_000_001, 1_500_000)]
    public void Axis_OfAnyNumber_EndsAtARoundOneAboveIt(double most, double expected)
    {
        ValueAxis axis = new(most, 0, 100, number => number.ToString(CultureInfo.InvariantCulture));

        Assert.That(axis.Most, Is.EqualTo(expected));
        Assert.That(axis.PlaceOf(0), Is.EqualTo(100));
        Assert.That(axis.PlaceOf(axis.Most), Is.Zero.Within(1e-9));
    }

    // A line through what is not said would say it.
    [Test]
    public void LineChart_WindowOfWhichNothingIsSaid_HasAGap()
    {
        XElement chart = Parse(LineChart.Draw(ChartSize.Card, "Lines", Weeks, [new ChartLine("a", [10, null, 20, 30])]));

        string path = (string)chart.Descendants(Svg + "path").Single(of => (string?)of.Attribute("class") == "line s1").Attribute("d")!;
        Assert.That(path.Count(c => c == 'M'), Is.EqualTo(2));
        Assert.That(path.Count(c => c == 'L'), Is.EqualTo(1));
        Assert.That(chart.Descendants(Svg + "circle").Count(), Is.EqualTo(1), "a number between two gaps is a dot");
        Assert.That(Titles(chart), Is.EqualTo(new[] { "2026-W45: 10", "2026-W46: ", "2026-W47: 20", "2026-W48: 30" }));
    }

    [Test]
    public void StackChart_Shares_FillTheirColumnsUpToAll()
    {
        XElement chart = Parse(StackChart.Draw(
            ChartSize.Card, "Shares", Weeks, [new ChartLine("a", [0.25, null, 1, 0.5]), new ChartLine("b", [0.5, null, null, 0.5])], 1, "Others",
            share => share.ToString("0 %", CultureInfo.InvariantCulture)));

        // A column of others where the parts leave room, and none where nothing is said.
        string others = (string)chart.Descendants(Svg + "path").Single(of => (string?)of.Attribute("class") == "rest").Attribute("d")!;
        Assert.That(others.Count(c => c == 'M'), Is.EqualTo(1));
        Assert.That(Titles(chart), Is.EqualTo(new[] { "2026-W45: a 25 %, b 50 %", "2026-W47: a 100 %", "2026-W48: a 50 %, b 50 %" }));
    }

    [Test]
    public void BarChart_HostileLabel_IsText()
    {
        const string Label = "</text><script>alert(1)</script>";

        XElement chart = Parse(BarChart.Draw(ChartSize.Page, Label, [new Bar(Label, 0.5, ShareInterval.Of(5, 10), IsRest: false)]));

        Assert.That(chart.Descendants(Svg + "script"), Is.Empty);
        Assert.That((string)chart.Attribute("aria-label")!, Is.EqualTo(Label));
        Assert.That(Titles(chart).Single(), Is.EqualTo($"{Label}: 50.0 % (23.7 % – 76.3 %)"));
    }

    [Test]
    public void GridChart_CellNotTold_IsEmpty()
    {
        XElement chart = Parse(GridChart.Draw(ChartSize.Page, "Grid", ["1.0", "2.0"], ["x", "y"], [new PairCell("1.0", "x", 12), new PairCell("9.9", "x", 40)]));

        Assert.That(Titles(chart), Is.EqualTo(new[] { "1.0, x: 12" }));
    }

    [Test]
    public void QuartileChart_OneNumber_ShowsAllThree() => Assert.That(
        Titles(Parse(QuartileChart.Draw(ChartSize.Card, "Numbers", [new Quartiles("a", 40, 1, 3, 9)]))), Is.EqualTo(new[] { "a 1 · 3 · 9" }));

    [Test]
    public void Charts_OfNothing_AreDrawnAllTheSame() => Assert.That(
        () =>
        {
            Parse(LineChart.Draw(ChartSize.Card, "", [], []));
            Parse(StackChart.Draw(ChartSize.Card, "", [], [], 0, null, _ => ""));
            Parse(BarChart.Draw(ChartSize.Card, "", []));
            Parse(QuartileChart.Draw(ChartSize.Card, "", []));
            Parse(GridChart.Draw(ChartSize.Card, "", [], [], []));
            Parse(Sparkline.Draw("", []));
        },
        Throws.Nothing);

    private static XElement Parse(UsageReporting.Server.Dashboard.Writing.Markup drawing)
    {
        string text = drawing.ToString();
        Assert.That(text, Does.Not.Contain("NaN").And.Not.Contain("∞"));
        return XElement.Parse(text);
    }

    private static string[] Titles(XElement chart) => [.. chart.Descendants(Svg + "title").Select(title => title.Value)];
}
