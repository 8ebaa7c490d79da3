using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UsageReporting.Core.Schema;
using UsageReporting.Server.Rollups;
using UsageReporting.Server.Statistics;

namespace UsageReporting.Tests.Delivery;

/// <summary>What one side signs and the other reads, and that it is nothing else.</summary>
public sealed class UsageCertificateTests
{
    private static readonly string Statement = new Certificate(
        "napari", "plugins", @"a\b", UsageWindow.Of(WindowKind.Month, new DateOnly(2026, 10, 1)),
        new DateTimeOffset(2026, 11, 1, 0, 0, 10, TimeSpan.Zero), 14, 24).Statement;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    [OneTimeTearDown]
    public void Dispose() => _key.Dispose();

    [Test]
    public void Statement_AnyWord_IsInItsCanonicalForm()
    {
        Assert.That(Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(Statement)!)), Is.EqualTo(Statement));
        Assert.That(Statement, Does.Contain(@"""word"":""a\\b""").And.Contain("\"type\":\"certificate of use\""));
    }

    [Test]
    public void IsSignedBy_WhatWasSigned_IsGenuine()
    {
        UsageCertificate certificate = Of(Statement)!;

        Assert.That(certificate.IsSignedBy(PublicKey), Is.True);
        Assert.That((certificate.Word, certificate.Installs, certificate.Of, certificate.Window), Is.EqualTo((@"a\b", 14, 24, "2026-10")));
        Assert.That((certificate.FirstDay, certificate.LastDay), Is.EqualTo((new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31))));
    }

    [TestCase("\"installs\":14", "\"installs\":140"), TestCase("2026-10\"", "2026-11\""), TestCase("napari", "paperless-ngx"), TestCase("plugins", "readers")]
    public void IsSignedBy_SomethingElse_IsNotGenuine(string was, string becomes) =>
        Assert.That(Of(Statement.Replace(was, becomes, StringComparison.Ordinal), Sign(Statement))!.IsSignedBy(PublicKey), Is.False);

    // The same key signs receipts: neither passes for the other, under whichever name it stands.
    [Test]
    public void Parse_Receipt_IsNoCertificateNorTheOtherWayRound()
    {
        string receipt = $$"""{"erased_at":"2026-05-18T12:00:00Z","id_sha256":"{{new string('a', 64)}}","product":"napari","reports":2}""";

        Assert.That(UsageCertificate.Parse(Json("certificate", receipt, Sign(receipt))), Is.Null);
        Assert.That(UsageCertificate.Parse(Json("receipt", receipt, Sign(receipt))), Is.Null);
        Assert.That(ErasureReceipt.Parse(Json("receipt", Statement, Sign(Statement))), Is.Null);
        Assert.That(ErasureReceipt.Parse(Json("certificate", Statement, Sign(Statement))), Is.Null);
    }

    [TestCase("\"type\":\"certificate of use\"", "\"type\":\"receipt\"")]
    [TestCase("\"type\":\"certificate of use\",", "")]
    [TestCase("\"of\":24", "\"of\":24,\"more\":1")]
    [TestCase("\"of\":24", "\"of\":\"24\"")]
    [TestCase("\"of\":24", "\"of\":null")]
    [TestCase("\"last_day\":\"2026-10-31\"", "\"last_day\":\"2026-10-32\"")]
    [TestCase("napari", "\\u001b[2Jnapari", Description = "It is shown on a terminal.")]
    [TestCase("napari", "\\u202enapari")]
    public void Parse_SomethingElse_IsNone(string was, string becomes)
    {
        string changed = Statement.Replace(was, becomes, StringComparison.Ordinal);

        Assert.That(changed, Is.Not.EqualTo(Statement));
        Assert.That(Of(changed), Is.Null);
    }

    private UsageCertificate? Of(string statement, string? signature = null) =>
        UsageCertificate.Parse(Json("certificate", statement, signature ?? Sign(statement)));

    private static string Json(string name, string statement, string signature) => $$"""{"{{name}}":{{statement}},"signature":"{{signature}}"}""";

    private string Sign(string text) => Convert.ToBase64String(
        _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
