using NUnit.Framework;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class AnomalyRulesTests
{
    [TestCase(80, 100, false)]
    [TestCase(79, 100, true)]
    [TestCase(150, 100, false)]
    [TestCase(151, 100, true)]
    [TestCase(0, 10, true)]
    [TestCase(100, 9, false)]
    public void IsWeekOdd_AFifthLessOrHalfMore_IsOdd(long installs, long before, bool isOdd) =>
        Assert.That(AnomalyRules.IsWeekOdd(installs, before), Is.EqualTo(isOdd));

    // The days before lie between 90 and 117; their median is 103, and 7 the median of how far they are from it.
    [TestCase(103, false)]
    [TestCase(145, false)]
    [TestCase(146, true)]
    [TestCase(61, false)]
    [TestCase(60, true)]
    public void IsDayOdd_SixTimesAsFarAsOtherDays_IsOdd(long reports, bool isOdd)
    {
        Assert.That(AnomalyRules.IsDayOdd(reports, [.. Enumerable.Range(90, 28).Select(day => (long)day)], out long median), Is.EqualTo(isOdd));
        Assert.That(median, Is.EqualTo(103));
    }

    [Test]
    public void IsDayOdd_DaysThatAreAllTheSame_AllowSixMore()
    {
        long[] days = [.. Enumerable.Repeat(0L, 28)];

        Assert.That(AnomalyRules.IsDayOdd(6, days, out _), Is.False);
        Assert.That(AnomalyRules.IsDayOdd(7, days, out _), Is.True);
    }

    [Test]
    public void IsDayOdd_TooFewDaysToCompareWith_IsNot() =>
        Assert.That(AnomalyRules.IsDayOdd(1_000, [.. Enumerable.Repeat(1L, 27)], out _), Is.False);
}
