using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class CountFieldTests
{
    [TestCase(-6, false)]
    [TestCase(-5, true)]
    [TestCase(10, true)]
    [TestCase(11, false)]
    [TestCase(long.MinValue, false)]
    [TestCase(long.MaxValue, false)]
    public void Allows_Number_WithinTheBoundsBothIncluded(long value, bool allowed)
    {
        Assert.That(UsageField.Count("c", "C", "Why.", -5, 10).Allows(value), Is.EqualTo(allowed));
        Assert.That(UsageField.Counts("c", "C", "Why.", ["word"], -5, 10).Allows(value), Is.EqualTo(allowed));
    }
}
