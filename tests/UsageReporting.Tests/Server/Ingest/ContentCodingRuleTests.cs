using NUnit.Framework;
using UsageReporting.Server.Ingest;

namespace UsageReporting.Tests.Server.Ingest;

public sealed class ContentCodingRuleTests
{
    [TestCase("gzip"), TestCase("GZip"), TestCase(" gzip ")]
    public void Read_Gzip_IsGzip(string coding) => Assert.That(ContentCodingRule.Read(coding), Is.EqualTo(ContentCoding.Gzip));

    [TestCase(null), TestCase("identity"), TestCase("Identity")]
    public void Read_NoneOrIdentity_IsNone(string? coding) =>
        Assert.That(ContentCodingRule.Read(coding), Is.EqualTo(ContentCoding.None));

    [TestCase("gzip, gzip"), TestCase("identity, gzip"), TestCase("gzip,"), Property("Case", 56)]
    public void Read_Several_IsOther(string coding) =>
        Assert.That(ContentCodingRule.Read(coding), Is.EqualTo(ContentCoding.Other));

    [TestCase("br"), TestCase("deflate"), TestCase("zstd"), TestCase("x-gzip"), TestCase("unknown"), TestCase(""), Property("Case", 57)]
    public void Read_AnotherCoding_IsOther(string coding) =>
        Assert.That(ContentCodingRule.Read(coding), Is.EqualTo(ContentCoding.Other));

    [Test, Property("Case", 58)]
    public void Read_GivenTwice_IsOther() =>
        Assert.That(ContentCodingRule.Read(new(["gzip", "gzip"])), Is.EqualTo(ContentCoding.Other));
}
