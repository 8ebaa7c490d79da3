using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using UsageReporting.Server.Access;

namespace UsageReporting.Tests.Server.Access;

public sealed class OperatorKeyTests
{
    [TestCase("X-API-Key", "secret", true)]
    [TestCase("Authorization", "Bearer secret", true)]
    [TestCase("Authorization", "bearer secret", true)]
    [TestCase("X-API-Key", "Secret", false)]
    [TestCase("X-API-Key", "", false)]
    [TestCase("Authorization", "secret", false)]
    [TestCase("Authorization", "Basic secret", false)]
    [TestCase("Cookie", "secret", false)]
    public void IsShownBy_Header_OpensOrNot(string header, string value, bool opens) =>
        Assert.That(new OperatorKey("secret").IsShownBy(RequestWith(header, value)), Is.EqualTo(opens));

    [Test]
    public void IsShownBy_HeaderTwice_DoesNotOpen() =>
        Assert.That(new OperatorKey("secret").IsShownBy(RequestWith("X-API-Key", "secret", "secret")), Is.False);

    [Test]
    public void IsShownBy_OneRightAndOneWrong_Opens()
    {
        HttpRequest request = RequestWith("X-API-Key", "of somebody else");
        request.Headers.Authorization = "Bearer secret";

        Assert.That(new OperatorKey("secret").IsShownBy(request), Is.True);
    }

    [TestCase(null), TestCase("")]
    public void IsShownBy_NoKeyConfigured_NothingOpens(string? key) =>
        Assert.That(new OperatorKey(key).IsShownBy(RequestWith("X-API-Key", "")), Is.False);

    private static HttpRequest RequestWith(string header, params string[] values)
    {
        DefaultHttpContext context = new();
        context.Request.Headers[header] = values;
        return context.Request;
    }
}
