using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;

namespace UsageReporting.Tests.Delivery;

public sealed class ErasureReceiptTests
{
    private static readonly string Canonical =
        $$"""{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"{{new string('a', 64)}}","product":"napari","reports":2}""";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    [OneTimeTearDown]
    public void Dispose() => _key.Dispose();

    [Test]
    public void IsSignedBy_WhatWasSigned_IsGenuineInAnyOrderAndSpacing()
    {
        string other = $$"""
            { "signature": "{{Signature(Canonical)}}",
              "receipt": { "reports": 2, "product": "napari", "id_sha256": "{{new string('a', 64)}}", "erased_at": "2026-05-18T12:00:00Z" } }
            """;

        ErasureReceipt receipt = ErasureReceipt.Parse(other)!;

        Assert.That(receipt.IsSignedBy(PublicKey), Is.True);
        Assert.That(
            (receipt.Product, receipt.Reports, receipt.IdSha256, receipt.ErasedAt),
            Is.EqualTo(("napari", 2L, new string('a', 64), new DateTimeOffset(2026, 5, 18, 12, 0, 0, TimeSpan.Zero))));
    }

    [TestCase("\"reports\":2", "\"reports\":3")]
    [TestCase("2026-05-18", "2026-05-19")]
    [TestCase("napari", "paperless-ngx")]
    public void IsSignedBy_SomethingElse_IsNotGenuine(string was, string becomes) =>
        Assert.That(Of(Canonical.Replace(was, becomes, StringComparison.Ordinal), Signature(Canonical))!.IsSignedBy(PublicKey), Is.False);

    [Test]
    public void IsSignedBy_OtherKeyOrNone_IsNotGenuine()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ErasureReceipt receipt = Of(Canonical, Signature(Canonical))!;

        Assert.That(receipt.IsSignedBy(Convert.ToBase64String(other.ExportSubjectPublicKeyInfo())), Is.False);
        Assert.That(receipt.IsSignedBy("no key"), Is.False);
        Assert.That(receipt.IsSignedBy(""), Is.False);
    }

    [TestCase(""), TestCase("{}"), TestCase("null"), TestCase("[]"), TestCase("""{"receipt":{},"signature":"AA=="}""")]
    [TestCase("""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":7,"product":"a","reports":2},"signature":"AA=="}""")]
    [TestCase("""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"a","product":"a","reports":2},"signature":"?"}""")]
    [TestCase("""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"a","product":"a","reports":2.5},"signature":"AA=="}""")]
    [TestCase("""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"a","product":"a","reports":2,"more":null},"signature":"AA=="}""")]
    [TestCase("""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"a","product":"a","reports":2,"more":1},"signature":"AA=="}""")]
    [TestCase("""{"receipt":{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"a","product":"a","reports":2,"reports":3},"signature":"AA=="}""")]
    public void Parse_SomethingElse_IsNone(string json) => Assert.That(ErasureReceipt.Parse(json), Is.Null);

    private static ErasureReceipt? Of(string receipt, string signature) =>
        ErasureReceipt.Parse($$"""{"receipt":{{receipt}},"signature":"{{signature}}"}""");

    private string Signature(string text) => Convert.ToBase64String(
        _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
