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

    // Reports without an id name no window: build servers may be all that there is.
    [Test]
    public void Due_IdsThatRotateAndNoReportWithOne_AreTheWindowsOfItsDays()
    {
        ReportSchema rotating = ReportSchema.Create(
            new SchemaHeader { Product = "rotating", Identity = new ReportIdentity { Kind = IdentityKind.Rotating } },
            [IdentityFields.Period(RotationPeriod.Week), IdentityFields.Nonce(), IdentityFields.Ephemeral()]);

        Assert.That(Due(rotating, "2026-11-10"), Is.EqualTo(new[] { "2026-W46" }));
    }

    private static string[] Due(params string[] days) => Due(SeedSchemas.PaperlessNgx, days);

    private static string[] Due(ReportSchema schema, params string[] days) =>
    [
        .. RollupSchedule.Due(
            schema,
            WindowKind.Week,
            [.. days.Select(day => new ReportSpan(day, 1, 1, new ReportChanges(1, 0), IsGone: false))],
            [],
            Now).Select(due => due.Window.ToString()),
    ];
}
