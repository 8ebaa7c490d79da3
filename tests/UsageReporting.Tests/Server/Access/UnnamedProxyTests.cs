using System.Net;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using UsageReporting.Server.Access;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.Server.Access;

public sealed class UnnamedProxyTests
{
    [TestCase("172.18.0.3", "X-Forwarded-For", false, 1)]
    [TestCase("172.18.0.3", "X-Real-IP", false, 1)]
    [TestCase("172.18.0.3", "Forwarded", false, 1)]
    [TestCase("172.18.0.3", "Accept", true, 0)]
    [TestCase("127.0.0.1", "X-Forwarded-For", false, 0)]
    [TestCase("::1", "X-Forwarded-For", false, 0)]
    [TestCase("127.0.0.1", "X-Forwarded-For", true, 1)]
    [TestCase("::1", "X-Real-IP", true, 1)]
    public void LookAt_HeaderOfAProxy_IsToldOnce(string peer, string header, bool isLimited, int lines)
    {
        using CapturedLog log = new();
        UnnamedProxy proxy = new(isLimited, log.For<UnnamedProxy>());
        for (int i = 0; i < 3; i++)
        {
            proxy.LookAt(Request(peer, header));
        }

        Assert.That(log.Lines, Has.Count.EqualTo(lines));
        Assert.That(log.Lines, Has.None.Contains(peer).And.None.Contains("192.0.2.1"));
    }

    // What ASP.NET Core leaves behind where it believed a proxy that was named; the rest was said by nobody knows whom.
    [Test]
    public void LookAt_ProxyThatWasNamed_IsNotTold()
    {
        using CapturedLog log = new();
        HttpRequest request = Request("192.0.2.1", "X-Forwarded-For");
        request.Headers["X-Original-For"] = "172.18.0.3:4711";

        new UnnamedProxy(isLimited: true, log.For<UnnamedProxy>()).LookAt(request);

        Assert.That(log.Lines, Is.Empty);
    }

    private static HttpRequest Request(string peer, string header)
    {
        DefaultHttpContext context = new() { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        context.Request.Headers[header] = "192.0.2.1";
        return context.Request;
    }
}
