using NUnit.Framework;
using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Dashboard;

public sealed class BannersTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly UsageWindow Week = UsageWindow.Of(WindowKind.Week, Monday);

    [TestCase(false, false, null, "Waiting for the first report")]
    [TestCase(true, false, null, "The first numbers are on their way")]
    [TestCase(true, true, null, "Fewer than 10 installations reported")]
    [TestCase(true, true, 12L, "")]
    public void Of_AProduct_SaysWhyThereIsNothing(bool hasReports, bool hasNumbers, long? installs, string expected)
    {
        string banner = Banners.Of(SeedSchemas.PaperlessNgx, new Freshness(hasReports, hasNumbers, Monday, null), SummaryOf(installs)).ToString();

        Assert.That(banner, expected.Length == 0 ? Is.Empty : Does.Contain(expected));
    }

    [Test]
    public void Of_NumbersLateAndFew_SaysBoth()
    {
        string banner = Banners.Of(SeedSchemas.PaperlessNgx, new Freshness(true, true, Monday, Week), SummaryOf(null)).ToString();

        Assert.That(banner, Does.Contain("The numbers are late").And.Contain("Fewer than 10 installations reported"));
    }

    [Test]
    public void Of_ReportsThatNothingTellsApart_SaysThatTheyCannotBeCounted()
    {
        ReportSchema schema = ReportSchema.Create(
            new SchemaHeader { Product = "uncounted", Identity = ReportIdentity.None },
            [IdentityFields.Nonce(), UsageField.Flag("flag", "Flag", "A flag.")]);

        Assert.That(
            Banners.Of(schema, new Freshness(true, false, Monday, null), SummaryOf(null)).ToString(), Does.Contain("These reports cannot be counted"));
    }

    private static Summary SummaryOf(long? installs)
    {
        PublishedWindow week = new(Week, installs, null, null, []);
        return new Summary("paperless-ngx", null, week, null, new PublishedWindow(UsageWindow.Of(WindowKind.Month, Monday), null, null, null, []), null, null);
    }
}
