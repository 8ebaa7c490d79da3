using NUnit.Framework;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class ShareIntervalTests
{
    // As R has them: prop.test(x, n, correct = FALSE).
    [TestCase(0, 10, 0, 0.2775)]
    [TestCase(5, 10, 0.2366, 0.7634)]
    [TestCase(10, 10, 0.7225, 1)]
    [TestCase(41, 100, 0.3187, 0.5080)]
    [TestCase(500_000, 1_000_000, 0.4990, 0.5010)]
    public void Of_AShare_IsWilsonsInterval(long installs, long all, double lower, double upper)
    {
        ShareInterval interval = ShareInterval.Of(installs, all);

        Assert.That(interval.Lower, Is.EqualTo(lower).Within(0.00006));
        Assert.That(interval.Upper, Is.EqualTo(upper).Within(0.00006));
    }
}
