using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>Endpoints that do what no HTTP server does.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class HostileEndpointTests
{
    private static readonly string Block = new('x', 65_536);

    private static IEnumerable<TestCaseData> Answers =>
    [
        Case("a gigabyte of a page", LoopbackServer.Endless("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", Block), Sending.MayHaveArrived),
        Case("a page for ever", LoopbackServer.Endless("HTTP/1.1 200 OK\r\n\r\n", Block), Sending.MayHaveArrived),
        Case("a gigabyte of a refusal", LoopbackServer.Endless(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: 1000000000\r\n\r\n", Block), Sending.Refused),
        Case("a gigabyte of too many requests", LoopbackServer.Endless(
            "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n", Block), Sending.MayHaveArrived),
        Case("an acceptance with a body for ever", LoopbackServer.Endless("HTTP/1.1 204 No Content\r\n\r\n", Block), Sending.Sent),
        Case("a header for ever", LoopbackServer.Endless("HTTP/1.1 204 No Content\r\nX: ", Block), Sending.MayHaveArrived),
        Case("headers for ever", LoopbackServer.Endless("HTTP/1.1 204 No Content\r\n", "X-Padding: 0123456789\r\n"), Sending.MayHaveArrived),
        Case("a status line for ever", LoopbackServer.Endless("HTTP/1.1 204 ", Block), Sending.MayHaveArrived),
        Case("100 for ever", LoopbackServer.Endless("", "HTTP/1.1 100 Continue\r\n\r\n"), Sending.MayHaveArrived),
        Case("103 for ever", LoopbackServer.Endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), Sending.MayHaveArrived),
        Case("chunks for ever", LoopbackServer.Endless(
            "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"), Sending.Refused),
        Case("a broken connection", LoopbackServer.Reset, Sending.MayHaveArrived),
        Case("nothing, and the end", Text(""), Sending.MayHaveArrived),
        Case("half a status line, and the end", Text("HTTP/1.1 20"), Sending.MayHaveArrived),
        Case("half a refusal, and the end", Text("HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\n{"), Sending.MayHaveArrived),
        Case("an acceptance with a body", Text("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}"), Sending.Sent),
        Case("a few 1xx and then an acceptance", Text(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"), Sending.Sent),
        Case("another protocol", Text("SSH-2.0-OpenSSH_9.2\r\n"), Sending.MayHaveArrived),
        Case("another version", Text("HTTP/9.9 204 No Content\r\n\r\n"), Sending.MayHaveArrived),
    ];

    [TestCaseSource(nameof(Answers))]
    [Property("Case", 115), Property("Case", 116)]
    public async Task Send_Answer_HasItsWords(Func<NetworkStream, CancellationToken, Task> answer, string words)
    {
        await using LoopbackServer server = new(answer);

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(words));
    }

    [Test, Property("Case", 115), Property("Case", 118)]
    public async Task Send_EndpointThatNeverComesToAnEnd_IsGivenUpInTime()
    {
        // Each takes ten seconds, all together little more.
        Func<NetworkStream, CancellationToken, Task> silence = LoopbackServer.Half("");
        await Task.WhenAll(
            ExpectAsync(silence, Sending.MayHaveArrived),
            ExpectAsync(LoopbackServer.Half("HTTP/1.1 20"), Sending.MayHaveArrived),
            ExpectAsync(LoopbackServer.Half("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 9\r\n\r\n{"), Sending.MayHaveArrived),
            ExpectAsync(LoopbackServer.Dripping("HTTP/1.1 204 No Content\r\nX: ", "x"), Sending.MayHaveArrived),
            ExpectAsync(LoopbackServer.Dripping("HTTP/1.1 400 Bad Request\r\n\r\n", "x"), Sending.MayHaveArrived),
            ExpectAsync(LoopbackServer.Dripping("", "HTTP/1.1 103 Early Hints\r\n\r\n"), Sending.MayHaveArrived),
            NobodyAcceptsAsync(),
            TlsNeverBeginsAsync(silence),
            ProxyNeverAnswersAsync(silence));
    }

    private static async Task ExpectAsync(Func<NetworkStream, CancellationToken, Task> answer, string words)
    {
        await using LoopbackServer server = new(answer);

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(words));
    }

    private static async Task TlsNeverBeginsAsync(Func<NetworkStream, CancellationToken, Task> silence)
    {
        await using LoopbackServer server = new(silence, readsRequest: false);

        Assert.That(
            await Sending.WordsAsync(new UriBuilder(server.Endpoint) { Scheme = "https" }.Uri.AbsoluteUri),
            Is.EqualTo(Sending.NotReached));
    }

    private static async Task ProxyNeverAnswersAsync(Func<NetworkStream, CancellationToken, Task> silence)
    {
        await using LoopbackServer proxy = new(silence, readsRequest: false);

        Assert.That(
            await Sending.WordsAsync(
                "https://stats.invalid/report", KeyValuePair.Create<string, string?>("https_proxy", proxy.Endpoint.AbsoluteUri)),
            Is.EqualTo(Sending.NotReached));
    }

    // Nobody takes the connections that wait already, so that the system does not answer the next.
    private static async Task NobodyAcceptsAsync()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using Socket waiting = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await waiting.ConnectAsync(listener.LocalEndPoint!);

        Assert.That(await Sending.WordsAsync($"http://{listener.LocalEndPoint}/report"), Is.EqualTo(Sending.NotReached));
    }

    private static Func<NetworkStream, CancellationToken, Task> Text(string answer) =>
        (stream, token) => stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer), token).AsTask();

    private static TestCaseData Case(string name, Func<NetworkStream, CancellationToken, Task> answer, string words) =>
        new TestCaseData(answer, words).SetArgDisplayNames(name);
}
