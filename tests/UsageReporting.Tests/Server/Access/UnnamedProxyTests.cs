using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using UsageReporting.Server.Access;

namespace UsageReporting.Tests.Server.Access;

public sealed class UnnamedProxyTests
{
    [TestCase("172.18.0.3", "X-Forwarded-For", 1)]
    [TestCase("172.18.0.3", "X-Real-IP", 1)]
    [TestCase("172.18.0.3", "Forwarded", 1)]
    [TestCase("172.18.0.3", "Accept", 0)]
    [TestCase("127.0.0.1", "X-Forwarded-For", 0)]
    [TestCase("::1", "X-Forwarded-For", 0)]
    public void LookAt_HeaderOfAProxy_IsToldOnce(string peer, string header, int lines)
    {
        CountingLogger logger = new();
        UnnamedProxy proxy = new(logger);
        for (int i = 0; i < 3; i++)
        {
            proxy.LookAt(Request(peer, header));
        }

        Assert.That(logger.Lines, Has.Count.EqualTo(lines));
        Assert.That(logger.Lines, Has.None.Contains(peer).And.None.Contains("192.0.2.1"));
    }

    // What ASP.NET Core leaves behind where it believed a proxy that was named; the rest was said by nobody knows whom.
    [Test]
    public void LookAt_ProxyThatWasNamed_IsNotTold()
    {
        CountingLogger logger = new();
        HttpRequest request = Request("192.0.2.1", "X-Forwarded-For");
        request.Headers["X-Original-For"] = "172.18.0.3:4711";

        new UnnamedProxy(logger).LookAt(request);

        Assert.That(logger.Lines, Is.Empty);
    }

    private static HttpRequest Request(string peer, string header)
    {
        DefaultHttpContext context = new() { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        context.Request.Headers[header] = "192.0.2.1";
        return context.Request;
    }

    private sealed class CountingLogger : ILogger<UnnamedProxy>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
