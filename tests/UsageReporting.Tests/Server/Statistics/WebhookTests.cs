using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using UsageReporting.Server.Statistics;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Server.Statistics;

public sealed class WebhookTests
{
    [Test]
    public async Task TellAsync_Address_GetsOneJsonDocument()
    {
        await using LoopbackServer server = new("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using Webhook webhook = new(server.Endpoint, NullLogger<Webhook>.Instance);

        await webhook.TellAsync("paperless-ngx", "anomaly", "Fewer \"installs\".", CancellationToken.None);

        string request = server.Requests.Single();
        Assert.That(request, Does.StartWith("POST /report HTTP/1.1\r\n").And.Contain("Content-Type: application/json\r\n"));
        Assert.That(request, Does.EndWith("{\"product\":\"paperless-ngx\",\"kind\":\"anomaly\",\"text\":\"Fewer \\u0022installs\\u0022.\"}"));
    }

    [TestCase("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [TestCase("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [TestCase("garbage")]
    public async Task TellAsync_OtherAnswers_HarmNobody(string answer)
    {
        await using LoopbackServer server = new(answer);
        using Webhook webhook = new(server.Endpoint, NullLogger<Webhook>.Instance);

        await webhook.TellAsync("paperless-ngx", "digest", "text", CancellationToken.None);

        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TellAsync_NobodyListens_HarmsNobody()
    {
        using Webhook webhook = new(new Uri("http://127.0.0.1:1/"), NullLogger<Webhook>.Instance);

        await webhook.TellAsync("paperless-ngx", "digest", "text", CancellationToken.None);
    }
}
