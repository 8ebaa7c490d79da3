using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Validation;

namespace UsageReporting.Tests.Server.Validation;

/// <summary>Cases 35 and 36: which ids there are, and how they are spelt.</summary>
public sealed class InstallationIdTests
{
    [TestCase("a1b2c3d4-e5f6-4890-8bcd-ef1234567890"), TestCase("a1b2c3d4-e5f6-4890-bbcd-ef1234567890"), Property("Case", 35)]
    public void TryNormalize_Version4_IsAnId(string id) => Assert.That(Normalize(id), Is.EqualTo(id));

    [Test, Property("Case", 35)]
    public void TryNormalize_UpperCase_IsTheSameIdInLowerCase() =>
        Assert.That(Normalize("A1B2C3D4-E5F6-4890-ABCD-EF1234567890"), Is.EqualTo("a1b2c3d4-e5f6-4890-abcd-ef1234567890"));

    [TestCase("a1b2c3d4-e5f6-1890-abcd-ef1234567890", Description = "version 1")]
    [TestCase("a1b2c3d4-e5f6-7890-abcd-ef1234567890", Description = "version 7")]
    [TestCase("a1b2c3d4-e5f6-8890-abcd-ef1234567890", Description = "version 8")]
    [TestCase("00000000-0000-0000-0000-000000000000", Description = "nil")]
    [TestCase("ffffffff-ffff-ffff-ffff-ffffffffffff", Description = "max")]
    [TestCase("{a1b2c3d4-e5f6-4890-abcd-ef1234567890}", Description = "braced")]
    [TestCase("a1b2c3d4e5f64890abcdef1234567890", Description = "without dashes")]
    [TestCase("urn:uuid:a1b2c3d4-e5f6-4890-abcd-ef1234567890", Description = "URN")]
    [TestCase("a1b2c3d4-e5f6-4890-abcd-ef123456789", Description = "too short")]
    [TestCase("a1b2c3d4-e5f6-4890-abcd-ef12345678900", Description = "too long")]
    [TestCase("0x1b2c3d-e5f6-4890-abcd-ef1234567890", Description = "a prefix that Guid.Parse takes")]
    [TestCase("a1b2c3d4-e5f64-890-abcd-ef1234567890", Description = "a dash elsewhere")]
    [TestCase(" 1b2c3d4-e5f6-4890-abcd-ef1234567890", Description = "a space")]
    [Property("Case", 35)]
    public void TryNormalize_AnythingElse_IsNone(string id) => Assert.That(Normalize(id), Is.Null);

    [Test, Property("Case", 36)]
    public void TryNormalize_OtherVariant_IsNone([Values('0', '7', 'c', 'D', 'f')] char variant) =>
        Assert.That(Normalize($"a1b2c3d4-e5f6-4890-{variant}bcd-ef1234567890"), Is.Null);

    private static string? Normalize(string id)
    {
        byte[] text = Encoding.UTF8.GetBytes(id);
        return InstallationId.TryNormalize(text, '4') ? Encoding.UTF8.GetString(text) : null;
    }
}
