using NUnit.Framework;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class AnomalyReaderTests
{
    private static readonly DateOnly First = new(2026, 10, 1);

    [Test]
    public void OddDays_OneDayOfMany_IsFound()
    {
        SortedDictionary<DateOnly, long> reports = Days(40, _ => 100);
        reports[First.AddDays(30)] = 200;

        Anomaly odd = AnomalyReader.OddDays(reports, First.AddDays(40)).Single();

        Assert.That(odd, Is.EqualTo(new Anomaly("2026-10-31", 200, 100, First.AddDays(30))));
        Assert.That(odd.Change, Is.EqualTo(1));
    }

    // A day on which nothing came has no entry.
    [Test]
    public void OddDays_DayWithoutReports_IsFound()
    {
        SortedDictionary<DateOnly, long> reports = Days(40, day => 90 + (day % 20));
        reports.Remove(First.AddDays(35));

        Assert.That(
            AnomalyReader.OddDays(reports, First.AddDays(40)).Select(odd => (odd.When, odd.Number)), Is.EqualTo(new[] { ("2026-11-05", 0L) }));
    }

    [Test]
    public void OddDays_TodayAndTheFirstFourWeeks_AreNotCompared()
    {
        SortedDictionary<DateOnly, long> reports = Days(29, _ => 100);
        reports[First.AddDays(5)] = 1_000;
        reports[First.AddDays(28)] = 3;

        Assert.That(AnomalyReader.OddDays(reports, First.AddDays(28)), Is.Empty);
        Assert.That(AnomalyReader.OddDays(reports, First.AddDays(29)), Has.Exactly(1).Items);
    }

    private static SortedDictionary<DateOnly, long> Days(int count, Func<int, long> reports) =>
        new(Enumerable.Range(0, count).ToDictionary(day => First.AddDays(day), reports));
}
