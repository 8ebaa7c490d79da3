using NUnit.Framework;
using UsageReporting.Server.Validation;

namespace UsageReporting.Tests.Server.Validation;

public sealed class ReportTests
{
    // The largest that are pooled, which no other test asks for.
    private const int Fields = 4_000;
    private static readonly byte[] Bytes = new byte[4_000];

    [Test]
    public void Dispose_Twice_GivesBackOnce()
    {
        // What the pool has lent meanwhile leaves room for an array that comes back twice.
        using Report other = new(Fields, Bytes);
        Report report = new(Fields, Bytes);
        report.Dispose();
        report.Dispose();

        using Report first = new(Fields, Bytes);
        using Report second = new(Fields, Bytes);
        first[0] = FieldValue.OfNumber(1);

        Assert.That(second[0].IsPresent, Is.False);
    }
}
