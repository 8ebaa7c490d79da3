using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class BucketFieldTests
{
    private static readonly BucketField Documents =
        UsageField.Bucket("doc_bucket", "Documents", "Why.", [0, 100, 1_000, 10_000, 50_000]);

    [Test]
    public void Ranges_OfBounds_AreSpeltLowestFirst() =>
        Assert.That(
            Documents.Ranges, Is.EqualTo(new[] { "0-99", "100-999", "1000-9999", "10000-49999", "50000+" }));

    [Test]
    public void Ranges_OfOneNumber_IsThatNumber() =>
        Assert.That(
            UsageField.Bucket("b", "B", "Why.", [0, 1, 2, 5]).Ranges, Is.EqualTo(new[] { "0", "1", "2-4", "5+" }));

    [TestCase(0, "0-99")]
    [TestCase(99, "0-99")]
    [TestCase(100, "100-999")]
    [TestCase(9_999, "1000-9999")]
    [TestCase(10_000, "10000-49999")]
    [TestCase(49_999, "10000-49999")]
    [TestCase(50_000, "50000+")]
    [TestCase(long.MaxValue, "50000+")]
    [TestCase(-1, null)]
    [TestCase(long.MinValue, null)]
    public void RangeOf_Count_IsTheRangeThatHoldsIt(long count, string? range) =>
        Assert.That(Documents.RangeOf(count), Is.EqualTo(range));

    [Test]
    public void RangeOf_BelowAFirstBoundThatIsNotZero_IsNone() =>
        Assert.That(UsageField.Bucket("b", "B", "Why.", [10, 20]).RangeOf(9), Is.Null);

    [TestCase("1000-9999", true)]
    [TestCase("50000+", true)]
    [TestCase("1000–9999", false)]
    [TestCase("1000-9998", false)]
    [TestCase("1000-9999\n", false)]
    [TestCase("", false)]
    public void Find_Text_OnlyExactRanges(string text, bool found) =>
        Assert.That(Documents.Find(text), found ? Is.EqualTo(text) : Is.Null);

    [Test]
    public void Bounds_OfAnArrayThatChangesLater_StayWhatTheyWere()
    {
        long[] bounds = [0, 100];
        BucketField field = UsageField.Bucket("b", "B", "Why.", bounds);

        bounds[1] = 7;

        Assert.That(field.Bounds, Is.EqualTo(new long[] { 0, 100 }));
        Assert.That(field.RangeOf(50), Is.EqualTo("0-99"));
    }
}
