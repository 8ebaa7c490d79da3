using NUnit.Framework;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Dashboard;

/// <summary>What stands beside each chart: of how many and of when it is, how much is folded, how much is held back.</summary>
internal sealed class ChartNoteTests
{
    private static readonly ReportSchema Schema = ReportSchema.Create(
        new SchemaHeader { Product = "p", Pairs = [new FieldPair("channel", "mail")] },
        [
            UsageField.Word("channel", "Channel", "Why.", Vocabulary.Of("beta", "stable", "dev")),
            UsageField.Flag("mail", "Mail", "Why."),
            UsageField.Count("printers", "Printers", "Why.", 0, 100),
        ]);

    private static readonly UsageWindow Week = UsageWindow.Of(WindowKind.Week, new DateOnly(2026, 11, 16));

    private static readonly DateTimeOffset Made = new(2026, 11, 23, 0, 0, 10, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Charts()
    {
        yield return new TestCaseData(Chart (PublishedWindow of) => NowCharts.Of(Schema, of, "channel")).SetArgDisplayNames("bars");
        yield return new TestCaseData(Chart (PublishedWindow of) => NowCharts.Of(Schema, of, "printers")).SetArgDisplayNames("quartiles");
        yield return new TestCaseData(Chart (PublishedWindow of) => NowCharts.Of(Schema, of, "channel,mail")).SetArgDisplayNames("pair");
        yield return new TestCaseData(Chart (PublishedWindow of) => TimeCharts.OfActive(View, SeriesOf(of, "_new"))).SetArgDisplayNames("active");
        yield return new TestCaseData(Chart (PublishedWindow of) => TimeCharts.OfNew(View, SeriesOf(of, "_new"))).SetArgDisplayNames("new");
        yield return new TestCaseData(Chart (PublishedWindow of) => TimeCharts.OfShares(Schema, View, SeriesOf(of, "channel"), "")).SetArgDisplayNames("shares");
        yield return new TestCaseData(Chart (PublishedWindow of) => TimeCharts.OfMedians(Schema, View, SeriesOf(of, "printers"), "")).SetArgDisplayNames("medians");
        yield return new TestCaseData(Chart (PublishedWindow of) => CohortChart.Of(SeriesOf(of, "_first_seen"))).SetArgDisplayNames("cohorts");
    }

    private static ChartView View => new("test", WindowKind.Week, 1);

    [TestCaseSource(nameof(Charts))]
    public void Note_EachChart_SaysHowMuchIsHeldBack(Func<PublishedWindow, Chart> draw)
    {
        Assert.That(NoteOf(draw(WindowWith(held: 0))), Does.Contain("2026-W47").And.Contain("60").And.Not.Contain("held back"));
        Assert.That(NoteOf(draw(WindowWith(held: 25))), Does.EndWith("25 more are held back until they are seen again."));
        Assert.That(NoteOf(draw(WindowWith(held: null))), Does.EndWith("A few more, fewer than 10, are held back until they are seen again."));
    }

    [Test]
    public void Note_ValuesAreFolded_SaysHowMany()
    {
        PublishedWindow window = WindowWith(held: 0);

        Assert.That(NowCharts.Of(Schema, window, "channel").Note, Does.Contain("25.0 % are “other”"));
        Assert.That(TimeCharts.OfShares(Schema, View, SeriesOf(window, "channel"), "").Note, Does.Contain("25.0 % are “other”"));
        Assert.That(TimeCharts.OfActive(View, SeriesOf(window, "channel")).Note, Does.Not.Contain("other"), "It is of no field.");
    }

    [Test]
    public void Note_ReportsFromWhereNothingLasts_AreSaidBesideAllInstallations()
    {
        PublishedWindow window = WindowWith(held: 0) with { Ephemeral = 31 };

        Assert.That(TimeCharts.OfActive(View, SeriesOf(window, "_new")).Note, Does.EndWith("31 reports from where nothing lasts, such as build servers, are no installations."));
    }

    private static string NoteOf(Chart chart) => chart.Note;

    private static PublishedWindow WindowWith(long? held) => new(
        Week,
        60,
        20,
        held,
        [
            new PublishedField("_new", [new Cell("true", 20), new Cell("false", 40)], []),
            new PublishedField("_first_seen", [new Cell("2026-11", 60)], []),
            new PublishedField("channel", [new Cell("beta", 45), new Cell("other", 15)], []),
            new PublishedField("printers", [], [new Quartiles("", 60, 1, 2, 3)]),
        ])
    {
        Made = Made,
        Pairs = [new PairRollup("channel,mail", [new PairCell("beta", "true", 45)])],
    };

    private static Series SeriesOf(PublishedWindow window, string name) => new("p", name, null, WindowKind.Week, Made, [window]);
}
