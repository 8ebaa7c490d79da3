using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using UsageReporting.GoogleAnalytics;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;

namespace UsageReporting.Tests.GoogleAnalytics;

/// <summary>What answers to whatever comes, or does not answer.</summary>
public sealed class GoogleAnalyticsSinkTests
{
    private static readonly DeliveryResult Unconfirmed = new DeliveryResult.Accepted { IsConfirmed = false };

    private readonly ManualTimeProvider _time = new();

    [TestCase("204 No Content\r\n\r\n")]
    [TestCase("200 OK\r\nContent-Type: image/gif\r\nContent-Length: 6\r\n\r\nGIF89a")]
    [TestCase("202 Accepted\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"status\":\"success\",\"submission_id\":1}  ")]
    public async Task DeliverAsync_Any2xx_IsAcceptedAndNotConfirmed(string answer)
    {
        await using LoopbackServer server = new($"HTTP/1.1 {answer}");

        Assert.That(await DeliverAsync(server), Is.EqualTo(Unconfirmed));
        Assert.That(MeasurementShape.MistakesIn(server.Requests.Single()), Is.Empty);
    }

    [TestCase("302 Found\r\nLocation: https://example.org/\r\nContent-Length: 0\r\n\r\n", "status 302")]
    [TestCase("400 Bad Request\r\nContent-Length: 0\r\n\r\n", "status 400")]
    [TestCase("401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", "status 401")]
    [TestCase("429 Too Many Requests\r\nRetry-After: -1\r\nContent-Length: 0\r\n\r\n", "status 429")]
    [TestCase("503 Service Unavailable\r\nContent-Length: 999999999999\r\n\r\n<html>", "status 503")]
    [TestCase("999 Nothing\r\nContent-Length: 0\r\n\r\n", "status 999")]
    public async Task DeliverAsync_OtherStatus_MayHaveArrived(string answer, string reason)
    {
        await using LoopbackServer server = new($"HTTP/1.1 {answer}");

        Assert.That(await DeliverAsync(server), Is.EqualTo(new DeliveryResult.Unreachable(reason, MaybeReceived: true)));
        Assert.That(server.Requests, Has.Count.EqualTo(1), "No redirect is followed, and nothing is tried again.");
    }

    [Test]
    public async Task DeliverAsync_Garbage_MayHaveArrived()
    {
        await using LoopbackServer server = new("220 mail.example.org ESMTP\r\n\r\n");

        Assert.That(
            await DeliverAsync(server), Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").True);
    }

    [Test]
    public async Task DeliverAsync_EndlessHeaders_AreNotReadToTheEnd()
    {
        await using LoopbackServer server = new(LoopbackServer.Endless("HTTP/1.1 204 No Content\r\n", "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"));

        Assert.That(
            await DeliverAsync(server), Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").True);
    }

    [Test]
    public async Task DeliverAsync_EndlessBody_IsNotRead()
    {
        await using LoopbackServer server = new(LoopbackServer.Endless("HTTP/1.1 200 OK\r\n\r\n", new string('a', 4_096)));

        Assert.That(await DeliverAsync(server), Is.EqualTo(Unconfirmed));
    }

    [Test]
    public async Task DeliverAsync_ConnectionBrokenOff_MayHaveArrived()
    {
        await using LoopbackServer server = new(LoopbackServer.Reset);

        Assert.That(
            await DeliverAsync(server), Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").True);
    }

    [Test]
    public async Task DeliverAsync_NoAnswer_EndsAfterTenSeconds()
    {
        await using LoopbackServer server = new(LoopbackServer.Half(""));

        Task<DeliveryResult> delivery = DeliverAsync(server);
        await server.Received;
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(await delivery, Is.EqualTo(new DeliveryResult.Unreachable("time-out", MaybeReceived: true)));
    }

    [Test]
    public async Task DeliverAsync_NobodyListens_DidNotArrive()
    {
        int port;
        using (TcpListener listener = new(IPAddress.Loopback, port: 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        Assert.That(
            await DeliverAsync(new Uri($"http://127.0.0.1:{port}/mp/collect")),
            Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").False);
    }

    [Test]
    public async Task DeliverAsync_CancelledByTheHost_Throws()
    {
        await using LoopbackServer server = new(LoopbackServer.Half(""));
        using CancellationTokenSource end = new();

        Task<DeliveryResult> delivery = DeliverAsync(AddressOf(server), end.Token);
        await server.Received;
        await end.CancelAsync();

        Assert.That(async () => await delivery, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Destination_IsWithoutTheSecret() => Assert.That(
        Sink(new Uri("https://www.google-analytics.com/mp/collect")).Destination,
        Is.EqualTo("https://www.google-analytics.com/mp/collect?measurement_id=G-A1B2C3D4E5"));

    private static Uri AddressOf(LoopbackServer server) => new(server.Endpoint, "/mp/collect");

    private Task<DeliveryResult> DeliverAsync(LoopbackServer server) => DeliverAsync(AddressOf(server));

    private async Task<DeliveryResult> DeliverAsync(Uri endpoint, CancellationToken cancellationToken = default)
    {
        GoogleAnalyticsSink sink = Sink(endpoint);
        ReadOnlyMemory<byte> rendered = sink.Render(Encoding.UTF8.GetBytes(Paperless.Report));
        return await sink.DeliverAsync(new ReportDelivery(rendered, IsRepeat: false, TimeSpan.FromDays(7)), cancellationToken);
    }

    private GoogleAnalyticsSink Sink(Uri endpoint) => new(
        new GoogleAnalyticsOptions { MeasurementId = "G-A1B2C3D4E5", ApiSecret = "aB3_-x", Endpoint = endpoint }, Paperless.Schema, _time);
}
