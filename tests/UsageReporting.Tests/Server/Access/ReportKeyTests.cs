using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using UsageReporting.Server.Access;

namespace UsageReporting.Tests.Server.Access;

public sealed class ReportKeyTests
{
    [TestCase(null, "", true)]
    [TestCase(null, "anything", true)]
    [TestCase("product", "product", true)]
    [TestCase("product", "operator", true)]
    [TestCase("product", "other", false)]
    [TestCase("product", "", false)]
    [TestCase("product", "product ", false)]
    [Property("Case", 85)]
    public void IsShownBy_Key_OpensOrNot(string? key, string shown, bool opens)
    {
        DefaultHttpContext context = new();
        if (shown.Length > 0)
        {
            context.Request.Headers["X-API-Key"] = shown;
        }

        Assert.That(new ReportKey(key, new OperatorKey("operator")).IsShownBy(context.Request), Is.EqualTo(opens));
    }
}
