using NUnit.Framework;
using UsageReporting.Server.Operators.Pages;
using UsageReporting.Server.Rollups;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Operators;

public sealed class ProductPageTests
{
    [TestCase("channel", false), TestCase("channel_of_before", true), TestCase("", false)]
    public void Draw_QuarantineOfAFieldThatIsGone_SaysThatItHoldsNothing(string field, bool isSaid)
    {
        DateTimeOffset monday = new(2026, 5, 18, 0, 0, 0, TimeSpan.Zero);
        Quarantine quarantine = new("a", monday, monday.AddDays(1), field, field.Length > 0 ? "beta" : "", monday.AddDays(2));

        string page = ProductPage.Draw(
            new FormToken("token", "t"),
            new ProductDetails(SeedSchemas.PaperlessNgx, new DateOnly(2026, 3, 19), [], [quarantine], new HashSet<string>(), [])).ToString();

        Assert.That(page, Does.Contain("2026-05-18 00:00 UTC to 2026-05-19 00:00 UTC"));
        Assert.That(page.Contains("holds nothing", StringComparison.Ordinal), Is.EqualTo(isSaid));
    }
}
