using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Rollups;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Dashboard;

public sealed class FreshnessTests
{
    private static readonly ReportSpan Wednesday = new("2026-11-18", 1, 12, new ReportChanges(12, 0), IsGone: false);

    [Test]
    public void Of_NothingCame_HasNothing()
    {
        Freshness freshness = Of("2026-11-19T12:00:00Z", [], []);

        Assert.That(freshness, Is.EqualTo(new Freshness(false, false, Time("2026-11-23T00:00:00Z"), null)));
    }

    [Test]
    public void Of_ReportsOfTheOpenWeek_HasThemWhenItCloses() =>
        Assert.That(Of("2026-11-19T12:00:00Z", [Wednesday], []), Is.EqualTo(new Freshness(true, false, Time("2026-11-23T00:00:00Z"), null)));

    [TestCase("2026-11-23T00:59:00Z", null)]
    [TestCase("2026-11-23T01:00:00Z", "2026-W47")]
    public void Of_ClosedWeekWithoutNumbers_IsLateAfterAnHour(string now, string? late) =>
        Assert.That(Of(now, [Wednesday], []).Late?.ToString(), Is.EqualTo(late));

    [TestCase("2026-11-23T12:00:00Z", null)]
    [TestCase("2026-11-30T12:00:00Z", "2026-W48")]
    public void Of_LastWindowsMade_IsLateWhenTheNextIsOver(string now, string? late) => Assert.That(
        Of(now, [], [State("2026-W47"), State("2026-10")]).Late?.ToString(), Is.EqualTo(late));

    // A week of ids that rotate is over a day after its end.
    [TestCase("2026-11-23T12:00:00Z", null)]
    [TestCase("2026-11-24T02:00:00Z", "2026-W47")]
    public void Of_IdsThatRotate_AreGivenADay(string now, string? late)
    {
        Freshness freshness = Freshness.Of(SeedSchemas.Napari, [Wednesday], [], Time(now));

        Assert.That(freshness.Late?.ToString(), Is.EqualTo(late));
        Assert.That(freshness.NextNumbers, Is.EqualTo(Time("2026-12-01T00:00:00Z")));
    }

    private static Freshness Of(string now, ReportSpan[] spans, RollupState[] states) =>
        Freshness.Of(SeedSchemas.PaperlessNgx, spans, states, Time(now));

    private static RollupState State(string name) =>
        UsageWindow.TryParse(name, out UsageWindow window) ? new RollupState(window, default, Time("2026-11-23T00:00:10Z")) : throw new FormatException(name);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
