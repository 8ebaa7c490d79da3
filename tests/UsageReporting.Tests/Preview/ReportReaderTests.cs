using System.Text;
using NUnit.Framework;
using UsageReporting.Core.Preview;
using UsageReporting.TestSupport.Schemas;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Preview;

public sealed class ReportReaderTests
{
    private const string Id = $"\"uuid\":\"{Paperless.Id}\"";

    [Test]
    public void Read_Document000_IsItsTwelveRows() =>
        Assert.That(Read(Paperless.Report)!.Select(row => $"{row.Label}: {row.Value}"), Is.EqualTo(new[]
        {
            $"Installation ID: {Paperless.Id}",
            "Version: 2.15.0",
            "Channel: beta",
            "Commit: bd86dca57 (built 2026-05-18T12:00:00Z)",
            "Install type: docker",
            "Architecture: x86_64",
            "Python: 3.12.3",
            "Database: postgresql",
            "Documents: 1000–9999",
            "Multi-user: yes",
            "Mail enabled: yes",
            "AI enabled: no",
        }));

    [Test]
    public void Read_DetailWithoutItsField_HasARowOfItsOwn() =>
        Assert.That(
            Read($$"""{{{Id}},"build_date":"2026-05-18T12:00:00Z"}""")![^1],
            Is.EqualTo(new PreviewRow("built", "2026-05-18T12:00:00Z")));

    [Test]
    public void Read_MembersInAnotherOrder_AreShownInTheDeclaredOne() =>
        Assert.That(
            Read($$"""{"feature_ai":true,"version":"1.0.0",{{Id}}}""")!.Select(row => row.Label),
            Is.EqualTo(new[] { "Installation ID", "Version", "AI enabled" }));

    [Test]
    public void Read_NestedReport_IsShown()
    {
        IReadOnlyList<PreviewRow>? rows = ReportReader.Read(SeedSchemas.Printernizer, Encoding.UTF8.GetBytes(
            $$$$"""{"installation":{"installation_id":"{{{{Paperless.Id}}}}","platform":"linux"},"usage_stats":{"feature_usage":{"library_enabled":true}}}"""), new UsageTexts());

        Assert.That(rows!.Select(row => $"{row.Label}: {row.Value}"), Is.EqualTo(new[]
        {
            $"Installation ID: {Paperless.Id}", "Platform: linux", "Library enabled: yes",
        }));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("5")]
    [TestCase("{}")]
    [TestCase("{\"version\":\"1.0.0\"}", TestName = "Read_NoId_IsNull")]
    [TestCase("{\"uuid\":5}")]
    [TestCase("{\"uuid\":null}")]
    [TestCase("{\"uuid\":{}}")]
    [TestCase("{\"uuid\":\"\\ud800\"}")]
    [TestCase("{" + Id + ",\"\\ud800\":1}")]
    [TestCase("{" + Id + ",\"version\":\"\\ud800\"}")]
    [TestCase("{" + Id + ",\"hostname\":\"alice\"}")]
    [TestCase("{" + Id + ",\"hostname\":{}}")]
    [TestCase("{" + Id + ",\"hostname\":{\"name\":\"alice\"}}")]
    [TestCase("{" + Id + ",\"channel\":\"nightly\"}")]
    [TestCase("{" + Id + ",\"channel\":null}")]
    [TestCase("{" + Id + ",\"channel\":{\"beta\":1}}")]
    [TestCase("{" + Id + ",\"channel\":{}}")]
    [TestCase("{" + Id + ",\"version\":\"1.0\"}")]
    [TestCase("{" + Id + ",\"Version\":\"1.0.0\"}")]
    [TestCase("{" + Id + ",\"channel\":\"beta\",\"channel\":\"stable\"}")]
    [TestCase("{" + Id + ",\"channel\":\"beta\",\"ch\\u0061nnel\":\"stable\"}")]
    [TestCase("{" + Id + "}x")]
    public void Read_WhatTheSchemaDoesNotDeclareSo_IsNull(string report) => Assert.That(Read(report), Is.Null);

    [Test, Property("Case", 107)]
    public void Read_CutOffAnywhere_IsNull()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Paperless.Report);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.That(ReportReader.Read(Paperless.Schema, bytes.AsMemory(0, length), new UsageTexts()), Is.Null, $"after {length} bytes");
        }
    }

    [Test, Property("Case", 107)]
    public void Read_AnyBitFlipped_NeverThrows()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Paperless.Report);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(() => ReportReader.Read(Paperless.Schema, bytes, new UsageTexts()), Throws.Nothing, $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static IReadOnlyList<PreviewRow>? Read(string report) =>
        ReportReader.Read(Paperless.Schema, Encoding.UTF8.GetBytes(report), new UsageTexts());
}
