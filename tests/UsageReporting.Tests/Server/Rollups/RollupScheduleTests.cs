using NUnit.Framework;
using UsageReporting.Server.Rollups;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Rollups;

public sealed class RollupScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Due_YearWithoutReports_IsZerosWithoutAGap() =>
        Assert.That(Due("2026-11-10", "2026-01-05"), Is.EqualTo(Enumerable.Range(2, 45).Select(week => $"2026-W{week:00}")));

    // Otherwise one report by a clock at its beginning would leave numbers of three thousand weeks, for ever.
    [Test, Property("Case", 96)]
    public void Due_ReportOf1970_IsTheOnlyWindowOfItsTime()
    {
        string[] due = Due("1970-01-01", "2026-11-10");

        Assert.That(due[0], Is.EqualTo("1970-W01"));
        Assert.That(due[1], Is.EqualTo("2025-W47"));
        Assert.That(due, Has.Length.EqualTo(53));
    }

    private static string[] Due(params string[] days) =>
    [
        .. RollupSchedule.Due(
            SeedSchemas.PaperlessNgx,
            WindowKind.Week,
            [.. days.Select(day => new ReportSpan(day, 1, 1, new ReportChanges(1, 0), IsGone: false))],
            [],
            Now).Select(due => due.Window.ToString()),
    ];
}
