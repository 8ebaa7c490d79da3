using NUnit.Framework;
using UsageReporting.Server.Validation;

namespace UsageReporting.Tests.Server.Validation;

public sealed class ReportTests
{
    [Test]
    public void Dispose_Twice_GivesBackOnce()
    {
        Report report = new(fields: 100_000, textLength: 1_000_000);
        report.Dispose();
        report.Dispose();

        using Report first = new(fields: 100_000, textLength: 1_000_000);
        using Report second = new(fields: 100_000, textLength: 1_000_000);
        first[0] = FieldValue.OfNumber(1);

        Assert.That(second[0].IsPresent, Is.False);
    }
}
