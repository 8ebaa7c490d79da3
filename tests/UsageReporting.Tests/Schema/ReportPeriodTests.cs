using System.Globalization;
using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class ReportPeriodTests
{
    [TestCase("2026-11-16T00:00:00Z", "2026-W47", "2026-11-23T00:00:00Z")]
    [TestCase("2026-11-22T23:59:59Z", "2026-W47", "2026-11-23T00:00:00Z")]
    [TestCase("2026-12-31T12:00:00Z", "2026-W53", "2027-01-04T00:00:00Z")]
    [TestCase("2027-01-03T23:59:59Z", "2026-W53", "2027-01-04T00:00:00Z", Description = "the year of its Thursday")]
    [TestCase("2024-12-30T00:00:00Z", "2025-W01", "2025-01-06T00:00:00Z")]
    [TestCase("2026-11-23T01:30:00+02:00", "2026-W47", "2026-11-23T00:00:00Z", Description = "UTC")]
    [TestCase("9999-12-31T23:59:59Z", "9999-W52", "9999-12-31T23:59:59Z")]
    public void Of_Week_IsTheIsoWeek(string time, string period, string end) =>
        AssertPeriod(RotationPeriod.Week, time, period, end);

    [TestCase("2026-11-01T00:00:00Z", "2026-11", "2026-12-01T00:00:00Z")]
    [TestCase("2026-12-31T23:59:59Z", "2026-12", "2027-01-01T00:00:00Z")]
    [TestCase("2024-02-29T12:00:00Z", "2024-02", "2024-03-01T00:00:00Z")]
    [TestCase("2027-01-01T00:30:00+01:00", "2026-12", "2027-01-01T00:00:00Z", Description = "UTC")]
    [TestCase("9999-12-31T23:59:59Z", "9999-12", "9999-12-31T23:59:59Z")]
    public void Of_Month_IsTheCalendarMonth(string time, string period, string end) =>
        AssertPeriod(RotationPeriod.Month, time, period, end);

    private static void AssertPeriod(RotationPeriod rotates, string time, string period, string end)
    {
        DateTimeOffset at = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

        Assert.That(ReportPeriod.Of(rotates, at), Is.EqualTo(period));
        Assert.That(DateField.Write(ReportPeriod.EndOf(rotates, at)), Is.EqualTo(end));
    }
}
