using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using UsageReporting.Server.Ingest.Gzip;
using UsageReporting.Transports.Http;

namespace UsageReporting.Tests.Transports.Http;

public sealed class GzipBodyTests
{
    [TestCase(0, ExpectedResult = false)]
    [TestCase(1_024, ExpectedResult = false)]
    [TestCase(1_025, ExpectedResult = true)]
    [TestCase(65_536, ExpectedResult = true)]
    public bool Of_Length_IsWrappedAboveOneKilobyte(int length) => GzipBody.Of(Text(length)) is not null;

    [Test]
    public void Of_WhatGzipCannotShrink_IsLeftAsItIs() =>
        Assert.That(GzipBody.Of(RandomNumberGenerator.GetBytes(4_096)), Is.Null);

    [Test]
    public void Of_Report_IsOneWholeMemberThatOurServerReads()
    {
        byte[] report = Text(5_000);

        byte[] body = GzipBody.Of(report)!;

        byte[] read = new byte[report.Length];
        Assert.That(GzipMember.TryInflate(body, read), Is.EqualTo(report.Length));
        Assert.That(read, Is.EqualTo(report));
        using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
        using StreamReader other = new(gzip);
        Assert.That(other.ReadToEnd(), Is.EqualTo(Encoding.UTF8.GetString(report)));
    }

    [Test]
    public void Of_Report_SaysNothingOfItsSender() =>
        // RFC 1952, 2.3: no name, no comment, no time, best compression, an unknown system.
        Assert.That(GzipBody.Of(Text(5_000))![..10], Is.EqualTo(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255 }));

    private static byte[] Text(int length) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length).Select(i => (i / 4 * 7919 % 10).ToString(
            System.Globalization.CultureInfo.InvariantCulture))));
}
