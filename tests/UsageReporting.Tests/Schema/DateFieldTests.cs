using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class DateFieldTests
{
    [TestCase("2026-05-18T12:00:00Z", "2026-05-18T12:00:00Z")]
    [TestCase("2026-05-18T12:00:00+00:00", "2026-05-18T12:00:00Z")]
    [TestCase("2026-05-18T12:00:00.999Z", "2026-05-18T12:00:00Z")]
    [TestCase("2026-05-18T12:00:00.1234567Z", "2026-05-18T12:00:00Z")]
    [TestCase("2026-05-18T12:00:00.123456789Z", "2026-05-18T12:00:00Z")]
    [TestCase("2026-05-18T23:59:59.9999999999999999999Z", "2026-05-18T23:59:59Z")]
    [TestCase("2026-05-18T12:00:00.5+00:00", "2026-05-18T12:00:00Z")]
    [TestCase("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z")]
    [TestCase("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [TestCase("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59Z")]
    public void TryRead_Instant_IsReadWithoutItsFraction(string text, string written)
    {
        Assert.That(DateField.TryRead(text, out DateTimeOffset instant), Is.True);
        Assert.That(instant.Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(DateField.Write(instant), Is.EqualTo(written));
    }

    [TestCase("")]
    [TestCase("2026-05-18")]
    [TestCase("2026-05-18T12:00Z")]
    [TestCase("2026-05-18T12:00:00")]
    [TestCase("2026-05-18 12:00:00Z")]
    [TestCase("2026-05-18t12:00:00z")]
    [TestCase("2026-05-18T12:00:00+02:00")]
    [TestCase("2026-05-18T12:00:00-00:00")]
    [TestCase("2026-05-18T12:00:00+0000")]
    [TestCase("2026-05-18T12:00:00ZZ")]
    [TestCase("2026-05-18T12:00:00Z\n")]
    [TestCase(" 2026-05-18T12:00:00Z")]
    [TestCase("2026-05-18T12:00:00.Z")]
    [TestCase("2026-05-18T12:00:00,5Z")]
    [TestCase("2026-05-18T12:00:00.5.5Z")]
    [TestCase("2026-05-18T12:00:00.-5Z")]
    [TestCase("2026-05-18T12:00:00.٥Z")]
    [TestCase("٢٠٢٦-05-18T12:00:00Z")]
    [TestCase("2026-05-18T12:00:0０Z")]
    [TestCase("2026-5-18T12:00:00Z")]
    [TestCase("2025-02-29T00:00:00Z")]
    [TestCase("2026-13-01T00:00:00Z")]
    [TestCase("2026-05-18T24:00:00Z")]
    [TestCase("2026-05-18T12:60:00Z")]
    [TestCase("2016-12-31T23:59:60Z")]
    [TestCase("0000-01-01T00:00:00Z")]
    [TestCase("+2026-05-18T12:00:00Z")]
    [TestCase("12026-05-18T12:00:00Z")]
    [TestCase("1779105600")]
    public void TryRead_SomethingElse_IsRefused(string text) =>
        Assert.That(DateField.TryRead(text, out _), Is.False);

    [Test]
    public void Write_AnotherOffsetAndAFraction_IsUtcAndWholeSeconds() =>
        Assert.That(
            DateField.Write(new DateTimeOffset(2026, 5, 18, 14, 0, 0, 999, TimeSpan.FromHours(2))),
            Is.EqualTo("2026-05-18T12:00:00Z"));
}
