using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Tests.Clients;
using VerifyNUnit;
using VerifyTests;

namespace UsageReporting.Tests.Transports.Http;

public sealed class HttpReportSinkTests
{
    private const string Accepted = "HTTP/1.1 204 No Content\r\n\r\n";

    private static readonly DeliveryResult TimeOut = new DeliveryResult.Unreachable("time-out", MaybeReceived: true);

    private readonly List<ServiceProvider> _clients = [];
    private readonly ManualTimeProvider _time = new();
    private CapturedLog _log = null!;

    [SetUp]
    public void StartLog() => _log = new CapturedLog();

    [TearDown]
    public void EndClients()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
        _log.Dispose();
    }

    [Test]
    public async Task DeliverAsync_204_IsAccepted()
    {
        await using LoopbackServer server = new(Accepted);

        Assert.That(await DeliverAsync(server.Endpoint), Is.EqualTo(new DeliveryResult.Accepted()));
        Assert.That(_log.Lines, Is.Empty, "The endpoint is the business of nobody who reads the host's log.");
    }

    [TestCase("application/json", true)]
    [TestCase("application/json; charset=utf-8", true)]
    [TestCase("text/html", false)]
    public async Task DeliverAsync_200WithTheNumberOfTheReport_IsAccepted(string type, bool isAccepted)
    {
        await using LoopbackServer server = new(
            $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: 38\r\n\r\n" + """{"status":"success","submission_id":1}""");

        Assert.That(await DeliverAsync(server.Endpoint), isAccepted
            ? Is.EqualTo(new DeliveryResult.Accepted())
            : Is.EqualTo(new DeliveryResult.Unreachable("status 200", MaybeReceived: true)));
    }

    [Test]
    public async Task DeliverAsync_KeyConfigured_IsSentAndInNoLog()
    {
        await using LoopbackServer server = new(Accepted);
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        services.AddUsageReporting("app").AddRuntimeCollector().AddHttpSink(sink =>
        {
            sink.Endpoint = server.Endpoint;
            sink.ApiKey = "key-of-the-product";
        });
        ServiceProvider client = services.BuildServiceProvider();
        _clients.Add(client);

        await DeliverAsync(client.GetRequiredService<IReportSink>());

        Assert.That(server.Requests.Single(), Does.Contain("\r\nX-API-Key: key-of-the-product\r\n"));
        Assert.That(_log.Lines, Has.None.Contains("key-of-the-product"));
    }

    [Test]
    public async Task DeliverAsync_Request_IsThisAndNothingElse()
    {
        await using LoopbackServer server = new(Accepted);
        using Activity activity = new Activity("of the host").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("user", "alice");
        activity.TraceStateString = "host=1";
        activity.Start();

        await DeliverAsync(server.Endpoint);

        VerifySettings settings = new();
        settings.DontScrubGuids();
        settings.DontScrubDateTimes();
        await Verifier.Verify(
            server.Requests.Single()
                .Replace(server.Endpoint.Port.ToString(CultureInfo.InvariantCulture), "PORT", StringComparison.Ordinal),
            settings);
    }

    [Test]
    public async Task DeliverAsync_HostChangesAllItsHttpClients_TheReportsRequestIsLeftAlone()
    {
        await using LoopbackServer server = new(Accepted);
        ServiceCollection services = new();
        services.AddUsageReporting("app").AddHttpSink(server.Endpoint.AbsoluteUri);
        services.ConfigureHttpClientDefaults(http => http
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("Authorization", "Bearer of-the-host"))
            .AddHttpMessageHandler(() => new SendingTwice()));
        ServiceProvider client = services.BuildServiceProvider();
        _clients.Add(client);

        await DeliverAsync(client.GetRequiredService<IReportSink>());

        Assert.That(server.Requests, Has.Count.EqualTo(1).And.None.Contains("of-the-host"));
    }

    [Test]
    public async Task DeliverAsync_LargeReport_IsCompressedOnItsWay()
    {
        await using LoopbackServer server = new(Accepted);
        string report = $$"""{"uuid":"{{new string('a', 2_000)}}"}""";

        await DeliverAsync(Sink(server.Endpoint), report: report);

        string[] request = server.Requests.Single().Split("\r\n\r\n", 2);
        Assert.That(request[0].Split("\r\n"), Has.Some.EqualTo("Content-Encoding: gzip").And.Some.EqualTo($"Content-Length: {request[1].Length}"));
        using GZipStream gzip = new(new MemoryStream(Encoding.Latin1.GetBytes(request[1])), CompressionMode.Decompress);
        using StreamReader body = new(gzip);
        Assert.That(await body.ReadToEndAsync(), Is.EqualTo(report));
    }

    [Test]
    [Repeat(200)] // A connection that the server was closing was handed out again, in one of a dozen runs.
    public async Task DeliverAsync_AgainAfterACookie_HasAConnectionOfItsOwnAndNoCookie()
    {
        await using LoopbackServer server = new("HTTP/1.1 204 No Content\r\nSet-Cookie: id=1; Path=/\r\n\r\n");
        IReportSink sink = Sink(server.Endpoint);

        Assert.That(await DeliverAsync(sink), Is.EqualTo(new DeliveryResult.Accepted()));
        Assert.That(await DeliverAsync(sink), Is.EqualTo(new DeliveryResult.Accepted()));

        Assert.That(server.Requests, Has.Count.EqualTo(2).And.None.Contains("ookie"));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task DeliverAsync_Redirect_IsNotFollowed(int status)
    {
        await using LoopbackServer elsewhere = new(Accepted);
        await using LoopbackServer server = new(
            $"HTTP/1.1 {status} Elsewhere\r\nLocation: {elsewhere.Endpoint}\r\nContent-Length: 0\r\n\r\n");

        Assert.That(
            await DeliverAsync(server.Endpoint),
            Is.EqualTo(new DeliveryResult.Unreachable($"status {status}", MaybeReceived: true)));
        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public async Task DeliverAsync_RefusalWithErrors_IsRejectedWithThem()
    {
        await using LoopbackServer server = new(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\nConnection: close\r\n\r\n"
            + """{"errors":{"arch":["It is absent."]}}""");

        DeliveryResult result = await DeliverAsync(server.Endpoint);

        Assert.That(((DeliveryResult.Rejected)result).Errors, Is.EqualTo(new[] { "arch: It is absent." }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task DeliverAsync_SameReport_IsAcceptedOnlyForARepeat(bool isRepeat)
    {
        await using LoopbackServer server = new(
            "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
            + """{"error":"already_submitted","last_sent":"2026-05-15T10:00:00Z","retry_after_days":4,"same_report":true}""");

        DeliveryResult result = await DeliverAsync(Sink(server.Endpoint), isRepeat);

        Assert.That(result, isRepeat
            ? Is.EqualTo(new DeliveryResult.Accepted())
            : Is.EqualTo(new DeliveryResult.AlreadyReported(
                new DateTimeOffset(2026, 5, 15, 10, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 5, 22, 10, 0, 0, TimeSpan.Zero))));
    }

    private static IEnumerable<TestCaseData> Unending =>
    [
        Answer("nothing", LoopbackServer.Half("")),
        Answer("half a status line", LoopbackServer.Half("HTTP/1.1 20")),
        Answer("half a header", LoopbackServer.Half("HTTP/1.1 204 No Content\r\nServer: ")),
        Answer("half a body", LoopbackServer.Half("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 9\r\n\r\n{")),
    ];

    [TestCaseSource(nameof(Unending))]
    [Property("Case", 115)]
    public async Task DeliverAsync_AnswerNeverEnds_TakesTenSeconds(Func<NetworkStream, CancellationToken, Task> answer)
    {
        await using LoopbackServer server = new(answer);
        Task<DeliveryResult> delivering = DeliverAsync(server.Endpoint);
        await server.Received;

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That(delivering.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That(await delivering, Is.EqualTo(TimeOut));
    }

    [Test, Property("Case", 115)]
    public async Task DeliverAsync_BodyForEver_IsReadToItsBoundOnly()
    {
        await using LoopbackServer server = new(LoopbackServer.Endless(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n\r\n", new string('x', 4_096)));

        DeliveryResult result = await DeliverAsync(server.Endpoint);

        Assert.That(((DeliveryResult.Rejected)result).Errors, Is.Empty);
    }

    [TestCase("200 OK")]
    [TestCase("503 Service Unavailable")]
    public async Task DeliverAsync_BodyThatNobodyNeeds_IsNotWaitedFor(string status)
    {
        await using LoopbackServer server = new(LoopbackServer.Half($"HTTP/1.1 {status}\r\nContent-Length: 1000000000\r\n\r\n<html>"));

        Assert.That(
            await DeliverAsync(server.Endpoint),
            Is.EqualTo(new DeliveryResult.Unreachable($"status {status[..3]}", MaybeReceived: true)));
    }

    [TestCase("HTTP/1.1 204 No Content\r\n", "X-Padding: 0123456789\r\n")]
    [TestCase("", "HTTP/1.1 103 Early Hints\r\nX-Padding: 0123456789\r\n\r\n")]
    [Property("Case", 115), Property("Case", 116)]
    public async Task DeliverAsync_HeadersForEver_MayHaveArrived(string beginning, string rest)
    {
        await using LoopbackServer server = new(LoopbackServer.Endless(beginning, rest));

        Assert.That(
            await DeliverAsync(server.Endpoint),
            Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").True);
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 20")]
    [TestCase("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 9\r\n\r\n{")]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n")]
    public async Task DeliverAsync_ConnectionEndsTooEarly_MayHaveArrived(string answer)
    {
        await using LoopbackServer server = new(answer);

        Assert.That(
            await DeliverAsync(server.Endpoint),
            Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").True);
    }

    [Test]
    public async Task DeliverAsync_ConnectionReset_MayHaveArrived()
    {
        await using LoopbackServer server = new(LoopbackServer.Reset);

        Assert.That(
            await DeliverAsync(server.Endpoint),
            Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").True);
    }

    [Test]
    public async Task DeliverAsync_ConnectionRefused_WasNotReceived()
    {
        Uri nobody;
        await using (LoopbackServer server = new(Accepted))
        {
            nobody = server.Endpoint;
        }

        Assert.That(
            await DeliverAsync(nobody), Is.EqualTo(new DeliveryResult.Unreachable("ConnectionError", MaybeReceived: false)));
    }

    [Test, Property("Case", 117)]
    public async Task DeliverAsync_TlsFails_WasNotReceived()
    {
        await using LoopbackServer plain = new(
            (stream, token) => stream.WriteAsync("no TLS here"u8.ToArray(), token).AsTask(), readsRequest: false);
        DeliveryResult result = await DeliverAsync(new UriBuilder(plain.Endpoint) { Scheme = "https" }.Uri);

        Assert.That(result, Is.InstanceOf<DeliveryResult.Unreachable>().With.Property("MaybeReceived").False);
    }

    [Test]
    public async Task DeliverAsync_HostCancels_IsCancelledAndNotATimeOut()
    {
        using CancellationTokenSource host = new();
        await using LoopbackServer server = new(LoopbackServer.Half(""));
        Task<DeliveryResult> delivering = DeliverAsync(Sink(server.Endpoint), cancellationToken: host.Token);
        await server.Received;

        await host.CancelAsync();

        Assert.That(
            async () => await delivering, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task DeliverAsync_HostCancelledBefore_ConnectsNowhere()
    {
        await using LoopbackServer server = new(Accepted);

        Assert.That(
            async () => await DeliverAsync(Sink(server.Endpoint), cancellationToken: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    [NonParallelizable] // The proxy is the process's.
    public async Task DeliverAsync_ProxyAndAnEndpointOnThisMachine_DoesNotLeaveTheMachine()
    {
        await using LoopbackServer proxy = new(Accepted);
        await using LoopbackServer server = new(Accepted);
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Endpoint) { BypassProxyOnLocal = false };
        try
        {
            await DeliverAsync(server.Endpoint);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.That((server.Requests.Count, proxy.Requests.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task DeliverAsync_UserAgentWanted_NamesProductRuntimeAndPlatformAndNoMore()
    {
        await using LoopbackServer server = new(Accepted);
        ServiceCollection services = new();
        services.AddUsageReporting("app").AddRuntimeCollector().AddHttpSink(sink =>
        {
            sink.Endpoint = server.Endpoint;
            sink.UserAgentVersion = "1.4.0";
        });
        ServiceProvider client = services.BuildServiceProvider();
        _clients.Add(client);

        await DeliverAsync(client.GetRequiredService<IReportSink>());

        Assert.That(
            server.Requests.Single(),
            Does.Match(@"\r\nUser-Agent: app/1\.4\.0 \.NET/[0-9]+\.[0-9]+\.[0-9]+ \((linux|windows|macos); (x64|arm64)\)\r\n"));
    }

    [Test]
    public void Destination_Endpoint_IsItsAddress() =>
        Assert.That(
            Sink(new Uri("https://stats.example.org/report")).Destination, Is.EqualTo("https://stats.example.org/report"));

    private static TestCaseData Answer(string name, Func<NetworkStream, CancellationToken, Task> answer) =>
        new TestCaseData(answer).SetArgDisplayNames(name);

    private static async Task<DeliveryResult> DeliverAsync(
        IReportSink sink,
        bool isRepeat = false,
        string report = Paperless.Report,
        CancellationToken cancellationToken = default) =>
        await sink.DeliverAsync(
            new ReportDelivery(Encoding.UTF8.GetBytes(report), isRepeat, TimeSpan.FromDays(7)), cancellationToken)
            .AsTask().WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);

    private Task<DeliveryResult> DeliverAsync(Uri endpoint) => DeliverAsync(Sink(endpoint));

    private IReportSink Sink(Uri endpoint)
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.AddProvider(_log));
        services.AddSingleton<TimeProvider>(_time);
        services.AddUsageReporting("app").AddHttpSink(endpoint.AbsoluteUri);
        ServiceProvider client = services.BuildServiceProvider();
        _clients.Add(client);
        return client.GetRequiredService<IReportSink>();
    }

    /// <summary>As a handler for resilience does that a host gives to all its clients.</summary>
    private sealed class SendingTwice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
