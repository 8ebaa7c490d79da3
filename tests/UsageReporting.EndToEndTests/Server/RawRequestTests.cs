using System.Globalization;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// Requests as no HTTP library sends them, byte by byte on a socket. Behind each of them the same connection carries a
/// good request whose answer is 200: where it comes, the connection was kept and is in step; where it does not, the
/// server has closed it.
/// </summary>
public sealed class RawRequestTests
{
    private const string Next = "GET /healthz/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private const string Json = "Content-Type: application/json\r\n";

    // The id in it is exchanged for a new one in each test.
    private static readonly string Good = Reports.Paperless();
    private static readonly string Length = Invariant($"Content-Length: {Good.Length}\r\n");
    private static readonly string Chunk = Invariant($"{Good.Length:x}");

    private TemporaryFolder _folder = null!;
    private RunningServer _server = null!;

    // Case, name, the bytes, the statuses that come back before the connection is closed.
    private static IEnumerable<TestCaseData> Probes =>
    [
        Probe(60, "LengthAndChunked", Post(Length + "Transfer-Encoding: chunked\r\n", $"{Chunk}\r\n{Good}\r\n0\r\n\r\n"), "400"),
        // Kestrel reads it as if it stood there once.
        Probe(60, "ChunkedTwice", Post("Transfer-Encoding: chunked, chunked\r\n", $"{Chunk}\r\n{Good}\r\n0\r\n\r\n"), "204 200"),
        Probe(60, "OtherTransferCoding", Post("Transfer-Encoding: gzip\r\n", "0\r\n\r\n"), "400"),
        Probe(60, "ChunkedMisspelt", Post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), "400"),
        Probe(61, "TwoLengths", Post(Length + "Content-Length: 5\r\n", Good), "400"),
        Probe(61, "ListOfLengths", Post("Content-Length: 5, 6\r\n", Good), "400"),
        Probe(62, "NegativeLength", Post("Content-Length: -1\r\n", Good), "400"),
        // Kestrel takes the sign and does not pass it on, so that nobody behind it can refuse it.
        Probe(62, "LengthWithPlus", Post(Invariant($"Content-Length: +{Good.Length}\r\n"), Good), "204 200"),
        Probe(62, "LengthOf20Digits", Post("Content-Length: 99999999999999999999\r\n", Good), "400"),
        Probe(62, "HexadecimalLength", Post($"Content-Length: 0x{Chunk}\r\n", Good), "400"),
        Probe(62, "LengthTooShort", Post(Invariant($"Content-Length: {Good.Length - 5}\r\n"), Good), "400 400"),
        Probe(62, "LengthTooLong", Post(Invariant($"Content-Length: {Good.Length + 5}\r\n"), Good), "400 400"),
        Probe(63, "Chunks", Chunked($"{Chunk}\r\n{Good}\r\n0\r\n\r\n"), "204 200"),
        Probe(63, "ChunkExtension", Chunked($"{Chunk};a=b\r\n{Good}\r\n0\r\n\r\n"), "204 200"),
        Probe(63, "ChunkExtensionWithLineFeed", Chunked($"{Chunk};a\nb\r\n{Good}\r\n0\r\n\r\n"), "400"),
        Probe(63, "ChunkExtensionOf1Mb", Chunked($"{Chunk};{new string('a', 1_000_000)}\r\n{Good}\r\n0\r\n\r\n"), "400"),
        Probe(63, "ChunkSizeOverflow", Chunked($"FFFFFFFFFFFFFFFFF\r\n{Good}\r\n0\r\n\r\n"), "400"),
        Probe(63, "NegativeChunk", Chunked($"-{Chunk}\r\n{Good}\r\n0\r\n\r\n"), "400"),
        Probe(63, "ChunkWithoutItsEnd", Chunked($"{Chunk}\r\n{Good}0\r\n\r\n"), "400"),
        Probe(63, "ChunkLongerThanSaid", Chunked($"5\r\n{Good}\r\n0\r\n\r\n"), "400"),
        Probe(63, "NotAChunk", Chunked($"zz\r\n{Good}"), "400"),
        Probe(64, "Trailers", Chunked($"{Chunk}\r\n{Good}\r\n0\r\nX-Trailer: 1\r\n\r\n"), "204 200"),
        Probe(64, "TrailersThatFrame", Chunked($"{Chunk}\r\n{Good}\r\n0\r\nContent-Length: 5\r\nHost: y\r\nContent-Encoding: br\r\n\r\n"), "204 200"),
        Probe(64, "TrailersOf40Kb", Chunked($"{Chunk}\r\n{Good}\r\n0\r\nX-Trailer: {new string('a', 40_000)}\r\n\r\n"), "400"),
        Probe(65, "NoHost", $"POST /report HTTP/1.1\r\n{Json}{Length}\r\n{Good}", "400"),
        Probe(65, "TwoHosts", Post(Length + "Host: y\r\n", Good), "400"),
        Probe(65, "HostWithUserinfo", $"POST /report HTTP/1.1\r\nHost: a:b@x\r\n{Json}{Length}\r\n{Good}", "400"),
        Probe(66, "FoldedHeader", Post(Length + "X-A: b\r\n c\r\n", Good), "400"),
        Probe(66, "NulInHeader", Post(Length + "X-A: b\0c\r\n", Good), "400"),
        Probe(66, "BareCarriageReturnInHeader", Post(Length + "X-A: b\rc\r\n", Good), "400"),
        Probe(66, "SpaceBeforeColon", Post(Length + "X-A : b\r\n", Good), "400"),
        Probe(67, "BareLineFeeds", Post(Length, Good).Replace("\r\n", "\n", StringComparison.Ordinal), "400"),
        Probe(67, "BareLineFeedBehindTheRequestLine", Post(Length, Good).Replace("HTTP/1.1\r", "HTTP/1.1", StringComparison.Ordinal), "400"),
        Probe(67, "BareLineFeedBehindAHeader", Post(Length + "X-A: b\nX-C: d\r\n", Good), "400"),
        Probe(68, "200Headers", Post(Length + string.Concat(Enumerable.Range(0, 200).Select(i => Invariant($"X-{i}: a\r\n"))), Good), "431"),
        Probe(68, "HeaderOf40Kb", Post(Length + $"X-A: {new string('a', 40_000)}\r\n", Good), "431"),
        Probe(68, "UriOf20Kb", Post(Length, Good).Replace("/report", $"/report?{new string('a', 20_000)}", StringComparison.Ordinal), "414"),
        Probe(69, "ExpectContinueAndBody", Post(Length + "Expect: 100-continue\r\n", Good), "204 200"),
        Probe(69, "OtherExpectation", Post(Length + "Expect: the-unexpected\r\n", Good), "204 200"),
        Probe(70, "Http09", "GET /report\r\n", "400"),
        Probe(70, "Http10", $"POST /report HTTP/1.0\r\n{Json}{Length}\r\n{Good}", "204"),
        Probe(70, "Http10KeepAlive", $"POST /report HTTP/1.0\r\nConnection: keep-alive\r\n{Json}{Length}\r\n{Good}", "204 200"),
        Probe(70, "Http20OverOne", $"POST /report HTTP/2.0\r\nHost: x\r\n{Json}{Length}\r\n{Good}", "505"),
        Probe(70, "Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
        Probe(70, "Tls", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", "400"),
        Probe(71, "Head", Request("HEAD /report"), "405 200"),
        Probe(71, "Put", Request("PUT /report"), "405 200"),
        Probe(71, "Trace", Request("TRACE /report"), "405 200"),
        Probe(71, "Connect", Request("CONNECT /report"), "405 200"),
        Probe(71, "ConnectToAuthority", Request("CONNECT x:80"), "400"),
        Probe(71, "Options", Request("OPTIONS /report"), "405 200"),
        Probe(71, "OptionsOfTheServer", Request("OPTIONS *"), "405 200"),
        Probe(71, "Foo", Request("FOO /report"), "405 200"),
        Probe(71, "PostInLowerCase", Request("post /report"), "405 200"),
        Probe(71, "GetWithBody", Request("GET /report", Length, Good), "405 200"),
        Probe(72, "TwoSlashes", PostTo("//report"), "404 200"),
        Probe(72, "SlashAtTheEnd", PostTo("/report/"), "204 200"),
        Probe(72, "UpperCase", PostTo("/REPORT"), "204 200"),
        Probe(72, "EncodedDots", PostTo("/x/%2e%2e/report"), "204 200"),
        Probe(72, "EncodedLetter", PostTo("/%72eport"), "204 200"),
        Probe(72, "EncodedSlash", PostTo("/x%2f..%2freport"), "404 200"),
        Probe(72, "Semicolon", PostTo("/report;x"), "404 200"),
        Probe(72, "EncodedNul", PostTo("/report%00"), "400"),
        Probe(72, "QueryString", PostTo("/report?a=b"), "204 200"),
        Probe(72, "Backslash", PostTo("/x\\..\\report"), "404 200"),
        Probe(72, "NotUtf8", PostTo("/report%ff"), "404 200"),
        Probe(73, "AbsoluteFormOfThisHost", PostTo("http://x/report"), "204 200"),
        Probe(73, "AbsoluteFormOfAnotherHost", PostTo("http://other.example/report"), "400"),
        Probe(74, "NoContentType", $"POST /report HTTP/1.1\r\nHost: x\r\n{Length}\r\n{Good}", "415 200"),
        Probe(74, "TwoContentTypes", Post(Length + Json, Good), "415 200"),
        Probe(74, "Plain", PostAs("text/plain"), "415 200"),
        Probe(74, "Utf16", PostAs("application/json; charset=utf-16"), "415 200"),
        Probe(74, "BogusCharset", PostAs("application/json; charset=bogus"), "415 200"),
        Probe(74, "Multipart", PostAs("multipart/form-data; boundary=x"), "415 200"),
        Probe(74, "Semicolons", PostAs("application/json;;;"), "415 200"),
        Probe(75, "WeirdAccept", Post(Length + "Accept: text/html;q=;;,*\r\nAccept: \r\nAccept-Encoding: x\r\n", Good), "204 200"),
        Probe(75, "NothingAcceptable", Post(Length + "Accept: image/png;q=0\r\n", Good), "204 200"),
        Probe(76, "Cookies", Post(Length + "Cookie: a=b; a=b\r\nCookie: ;;;\r\n", Good), "204 200"),
        Probe(76, "Authorization", Post(Length + "Authorization: Basic =\r\n", Good), "204 200"),
        Probe(76, "Range", Post(Length + "Range: bytes=0-1\r\nIf-Match: *\r\n", Good), "204 200"),
        Probe(76, "UpgradeToHttp2", Post(Length + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n", Good), "204 200"),
        Probe(76, "UpgradeToWebSocket", Post(Length + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n", Good), "204 200"),
        Probe(77, "1000Pipelined", string.Concat(Enumerable.Repeat(Request("GET /healthz/live"), 1_000)), string.Concat(Enumerable.Repeat("200 ", 1_000)) + "200"),
    ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await RunningServer.StartAsync(_folder);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        // Kestrel's own words for a client that went away within its body; they hold a number of the connection only.
        string[] troubles = [.. _server.Log.Troubles.Where(t => !t.Contains("automatic draining", StringComparison.Ordinal))];
        await _server.DisposeAsync();
        _folder.Dispose();
        Assert.That(troubles, Is.Empty, "No input makes the server complain.");
    }

    [TestCaseSource(nameof(Probes))]
    public async Task Send_Raw(string bytes, string statuses)
    {
        string id = Reports.NewId();
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        await connection.SendAsync(bytes.Replace(Reports.Id, id, StringComparison.Ordinal) + Next);

        Assert.That(RawConnection.StatusesIn(await connection.ReadToEndAsync()), Is.EqualTo(statuses));
        Assert.That(
            _server.Query($"SELECT count(*) FROM reports WHERE uuid = '{id}'").Single(),
            Is.EqualTo(statuses.Contains("204", StringComparison.Ordinal) ? "1" : "0"));
    }

    [Test, Property("Case", 78)]
    public async Task Send_InPacketsOfOneByte_IsStored()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        foreach (char one in Post(Length + "Connection: close\r\n", Good.Replace(Reports.Id, Reports.NewId(), StringComparison.Ordinal)))
        {
            await connection.SendAsync(one.ToString());
        }

        Assert.That(RawConnection.StatusesIn(await connection.ReadToEndAsync()), Is.EqualTo("204"));
    }

    // Kestrel takes a client that half-closes for gone: it may not hand the body out any more, and never answers. So the
    // report is not stored or stored without an answer, and is stored once after it was sent again.
    [Test, Property("Case", 80)]
    public async Task Send_HalfClosedBehindTheBodyAndAgain_IsStoredOnce()
    {
        for (int round = 0; round < 20; round++)
        {
            string id = Reports.NewId();
            string request = Post(Length + "Connection: close\r\n", Good.Replace(Reports.Id, id, StringComparison.Ordinal));
            using RawConnection halfClosed = await RawConnection.OpenAsync(_server.Address);
            await halfClosed.SendAsync(request);
            halfClosed.CloseSending();
            await halfClosed.ReadToEndAsync();

            using RawConnection again = await RawConnection.OpenAsync(_server.Address);
            await again.SendAsync(request);

            Assert.That(
                await again.ReadToEndAsync(),
                Does.StartWith("HTTP/1.1 204").Or.StartsWith("HTTP/1.1 429").And.Contain("\"same_report\":true"));
            Assert.That(_server.Query($"SELECT count(*) FROM reports WHERE uuid = '{id}'"), Is.EqualTo(new[] { "1" }));
        }
    }

    [Test, Property("Case", 80)]
    public async Task Send_HalfClosedWithinTheBody_IsNotStored()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        await connection.SendAsync(Post(Length, Good[..^1]));
        connection.CloseSending();

        Assert.That(RawConnection.StatusesIn(await connection.ReadToEndAsync()), Is.EqualTo("400").Or.Empty);
        Assert.That(_server.Query($"SELECT count(*) FROM reports WHERE uuid = '{Reports.Id}'"), Is.EqualTo(new[] { "0" }));
    }

    [Test, Property("Case", 80)]
    public async Task Send_ResetAtEachByte_IsStoredOnce()
    {
        string id = Reports.NewId();
        string request = Post(Length + "Connection: close\r\n", Good.Replace(Reports.Id, id, StringComparison.Ordinal));
        for (int length = 0; length <= request.Length; length++)
        {
            using RawConnection broken = await RawConnection.OpenAsync(_server.Address);
            await broken.SendAsync(request[..length]);
            broken.Reset();
        }

        using RawConnection whole = await RawConnection.OpenAsync(_server.Address);
        await whole.SendAsync(request);

        // The last one that was reset may have been taken.
        Assert.That(RawConnection.StatusesIn(await whole.ReadToEndAsync()), Is.EqualTo("204").Or.EqualTo("429"));
        Assert.That(_server.Query($"SELECT count(*) FROM reports WHERE uuid = '{id}'"), Is.EqualTo(new[] { "1" }));
    }

    private static TestCaseData Probe(int number, string what, string bytes, string statuses) =>
        new TestCaseData(bytes, statuses).SetName($"Case{number}_Send_{what}").SetProperty("Case", number);

    private static string Request(string line, string headers = "", string body = "") =>
        $"{line} HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}";

    private static string Post(string headers, string body) => Request("POST /report", Json + headers, body);

    private static string PostTo(string target) => Request($"POST {target}", Json + Length, Good);

    private static string PostAs(string type) => Request("POST /report", $"Content-Type: {type}\r\n{Length}", Good);

    private static string Chunked(string body) => Post("Transfer-Encoding: chunked\r\n", body);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
