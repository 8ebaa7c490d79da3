using NUnit.Framework;
using UsageReporting.Core.Identity;

namespace UsageReporting.Tests.Identity;

public sealed class RotatingIdTests
{
    private const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    // Both computed with another implementation, Python's hmac.
    [Test]
    public void Of_KnownSecret_IsTheHmacAsAUuidOfVersion8() =>
        Assert.That(RotatingId.Of(Secret, "napari", "2026-W47"), Is.EqualTo("1d71aace-00bd-8308-9ea0-fa2ff027e691"));

    [Test]
    public void ErasureSecretOf_KnownSecret_IsTheHmac() =>
        Assert.That(
            Convert.ToHexStringLower(RotatingId.ErasureSecretOf(Secret, "2026-W47")),
            Is.EqualTo("f346c29797411f7dbe2d9053b86c98ebbb9539492554f5a6431999dabf6841ac"));

    [TestCase("napari", "2026-W48")]
    [TestCase("naparj", "2026-W47")]
    public void Of_OtherProductOrPeriod_IsAnotherId(string product, string period) =>
        Assert.That(RotatingId.Of(Secret, product, period), Is.Not.EqualTo(RotatingId.Of(Secret, "napari", "2026-W47")));
}
