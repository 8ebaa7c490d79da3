using System.Globalization;
using NUnit.Framework;
using UsageReporting.Server.Products;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Products;

public sealed class ProductTests
{
    [TestCase("2026-11-16T00:00:00Z", 7.0)]
    [TestCase("2026-11-22T12:00:00Z", 0.5)]
    [TestCase("2026-12-31T00:00:00Z", 4.0)]
    public void WaitAfter_RotatingId_IsUntilTheNextPeriod(string accepted, double days) =>
        Assert.That(new Product(SeedSchemas.Napari).WaitAfter(At(accepted)), Is.EqualTo(TimeSpan.FromDays(days)));

    [TestCase("2026-11-16T00:00:00Z")]
    [TestCase("2026-11-22T12:00:00Z")]
    public void WaitAfter_StableId_IsTheWindow(string accepted) =>
        Assert.That(new Product(SeedSchemas.PaperlessNgx).WaitAfter(At(accepted)), Is.EqualTo(TimeSpan.FromDays(7)));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
