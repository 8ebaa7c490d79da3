using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class BucketsTests
{
    [Test]
    public void Documents_Ranges_AreThoseOfDocument000() =>
        Assert.That(
            RangesOf(Buckets.Documents), Is.EqualTo(new[] { "0-99", "100-999", "1000-9999", "10000-49999", "50000+" }));

    [TestCase(10, "0-9 10+")]
    [TestCase(1_000, "0-9 10-99 100-999 1000+")]
    [TestCase(9_999, "0-9 10-99 100-999 1000+")]
    public void Decades_Max_IsInTheLastRange(long max, string ranges) =>
        Assert.That(string.Join(' ', RangesOf(Buckets.Decades(max))), Is.EqualTo(ranges));

    [TestCase(9)]
    [TestCase(-1)]
    [TestCase(long.MaxValue)]
    public void Decades_OutOfBounds_IsTheCallersMistake(long max) =>
        Assert.That(() => Buckets.Decades(max), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Decades_LargestNumber_IsADeclarationWithoutMistakes()
    {
        BucketField field = UsageField.Bucket("a", "A", "Why.", Buckets.Decades((1L << 53) - 1));

        Assert.That(() => ReportSchema.Create(new SchemaHeader { Product = "app" }, [field]), Throws.Nothing);
    }

    private static IReadOnlyList<string> RangesOf(IReadOnlyList<long> bounds) =>
        UsageField.Bucket("a", "A", "Why.", bounds).Ranges;
}
