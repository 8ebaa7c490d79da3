using NUnit.Framework;
using UsageReporting.Server.Ingest;

namespace UsageReporting.Tests.Server.Ingest;

public sealed class ContentTypeRuleTests
{
    [TestCase("application/json"), TestCase("Application/JSON"), TestCase("application/json; charset=utf-8")]
    [TestCase("application/json;charset=\"UTF-8\""), TestCase("application/json; profile=x"), Property("Case", 74)]
    public void Allows_JsonInUtf8_True(string contentType) =>
        Assert.That(ContentTypeRule.Allows(contentType), Is.True);

    [TestCase(null), TestCase(""), TestCase("text/plain"), TestCase("application/problem+json"), TestCase("json")]
    [TestCase("application/json; charset=utf-16"), TestCase("application/json; charset=bogus"), TestCase("application/json; charset=")]
    [TestCase("application/json; charset=utf-8; charset=utf-8"), TestCase("application/json;;;")]
    [TestCase("multipart/form-data; boundary=x"), TestCase("application/json, application/json"), Property("Case", 74)]
    public void Allows_AnythingElse_False(string? contentType) =>
        Assert.That(ContentTypeRule.Allows(contentType), Is.False);

    [Test]
    public void Allows_GivenTwice_False() =>
        Assert.That(ContentTypeRule.Allows(new(["application/json", "application/json"])), Is.False);
}
