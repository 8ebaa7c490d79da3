using System.IO.Compression;
using System.Net;
using System.Text;
using NUnit.Framework;
using UsageReporting.TestSupport;
using VerifyNUnit;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>
/// <c>POST /report</c> over real sockets. Tests that stand for a numbered case of the list of bad inputs carry its
/// number as their property <c>Case</c>.
/// </summary>
public sealed class ReportEndpointTests
{
    private TemporaryFolder _folder = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _server = await RunningServer.StartAsync(_folder);
    }

    [TearDown]
    public async Task StopAsync()
    {
        IReadOnlyList<string> troubles = _server.Log.Troubles;
        await _server.DisposeAsync();
        _folder.Dispose();
        Assert.That(troubles, Is.Empty, "No input makes the server complain.");
    }

    [Test]
    public async Task Post_GoodReport_IsStoredBeforeTheAnswer()
    {
        using HttpResponseMessage answer = await _server.PostAsync(Reports.Paperless());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(
            _server.Query("SELECT * FROM reports"),
            Is.EqualTo(new[]
            {
                $"1|2026-05-18T12:00:00Z|{Reports.Id}|2.15.0|beta|bd86dca57|2026-05-18T12:00:00Z|docker|x86_64|3.12.1|postgresql|1000-9999|1|1|0",
            }));
    }

    [Test]
    public async Task Post_SecondReport_SaysWhenTheFirstCame()
    {
        await PostedAsync(Reports.Paperless());
        ((ManualTimeProvider)_server.Time).Advance(TimeSpan.FromDays(3) + TimeSpan.FromMilliseconds(700));

        using HttpResponseMessage same = await _server.PostAsync(Reports.Paperless());
        using HttpResponseMessage other = await _server.PostAsync(Reports.Paperless(channel: "dev"));

        await Verifier.Verify($"{await DescribeAsync(same)}\n\n{await DescribeAsync(other)}", Unscrubbed());
    }

    [Test, Property("Case", 35)]
    public async Task Post_SameIdInUpperCase_IsTheSameInstallation()
    {
        await PostedAsync(Reports.Paperless());

        using HttpResponseMessage answer = await _server.PostAsync(Reports.Paperless(Reports.Id.ToUpperInvariant()));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Post_BadReport_NamesAllThatIsWrong()
    {
        using HttpResponseMessage answer = await _server.PostAsync(
            """{"uuid":"<b>","version":2,"Channel":"beta","commit":null,"x":1,"x":2}""");

        await Verifier.Verify(await DescribeAsync(answer), "txt");
    }

    [Test, Property("Case", 9)]
    public async Task Post_ByteOrderMark_IsRefused()
    {
        using HttpResponseMessage answer = await _server.PostAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Reports.Paperless())]);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase(4_096, HttpStatusCode.NoContent), TestCase(4_097, HttpStatusCode.BadRequest), Property("Case", 32)]
    [TestCase(2_000_000, HttpStatusCode.BadRequest)]
    public async Task Post_OfThatManyBytes_IsMeasuredExactly(int length, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await _server.PostAsync(Reports.Paperless().PadRight(length));

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test, Property("Case", 32)]
    public async Task Post_AboveKestrelsOwnLimit_IsRefusedLikeAnyOther() =>
        Assert.That(
            await _server.SendRawAsync("POST /report HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 31000000"),
            Does.StartWith("HTTP/1.1 400").And.Contain("larger than 4096 bytes"));

    // The first is read and unwrapped as far as a report may go, the other is not read at all.
    [TestCase(3_000_000), TestCase(50_000_000), Property("Case", 52)]
    public async Task Post_GzipOfThatManyBytes_SaysHowLargeAReportMayBe(int length)
    {
        using HttpResponseMessage answer = await _server.PostAsync(Gzip(new string(' ', length)), contentEncoding: "gzip");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("The report is larger than 4096 bytes."));
    }

    [Test, Property("Case", 71)]
    public async Task Send_OtherVerb_IsNotAllowed(
        [Values("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO")] string verb)
    {
        using HttpResponseMessage answer = await _server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(verb), "/report"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(answer.Content.Headers.Allow, Is.EqualTo(new[] { "POST" }));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test, Property("Case", 74)]
    public async Task Post_OtherContentType_IsUnsupported(
        [Values(null, "text/plain", "application/json; charset=utf-16", "application/json; charset=bogus", "multipart/form-data; boundary=x", "application/json;;;")]
        string? contentType)
    {
        using HttpResponseMessage answer = await _server.PostAsync(Encoding.UTF8.GetBytes(Reports.Paperless()), contentType);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [TestCase("gzip, gzip", 56), TestCase("br", 57), TestCase("deflate", 57), TestCase("zstd", 57), TestCase("x-gzip", 57)]
    public async Task Post_OtherContentEncoding_IsUnsupported(string coding, int number)
    {
        using HttpResponseMessage answer = await _server.PostAsync(Gzip(Reports.Paperless()), contentEncoding: coding);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType), $"case {number}");
    }

    [Test, Property("Case", 58)]
    public async Task Post_ContentEncodingGivenTwice_IsUnsupported() =>
        Assert.That(
            await _server.SendRawAsync(
                "POST /report HTTP/1.1\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 2", "{}"),
            Does.StartWith("HTTP/1.1 415"));

    [TestCase("gzip"), TestCase("GZIP")]
    public async Task Post_Gzip_IsAccepted(string coding)
    {
        using HttpResponseMessage answer = await _server.PostAsync(Gzip(Reports.Paperless()), contentEncoding: coding);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test, Property("Case", 57)]
    public async Task Post_Identity_IsNoEncoding()
    {
        using HttpResponseMessage answer = await _server.PostAsync(Encoding.UTF8.GetBytes(Reports.Paperless()), contentEncoding: "identity");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    private static IEnumerable<TestCaseData> BrokenGzip()
    {
        byte[] good = Gzip(Reports.Paperless());
        byte[] badCrc = [.. good];
        badCrc[^8] ^= 1;
        yield return Case(53, "Garbage", Encoding.UTF8.GetBytes(Reports.Paperless()));
        yield return Case(54, "Truncated", good[..^9]);
        yield return Case(54, "WithoutItsTrailer", good[..^8]);
        yield return Case(55, "TwoMembers", [.. good, .. good]);
        yield return Case(55, "BadCheckSum", badCrc);
        yield return Case(55, "TrailingBytes", [.. good, 0]);
        yield return Case(58, "NoBody", []);

        static TestCaseData Case(int number, string what, byte[] body) =>
            new TestCaseData(body).SetName($"Case{number}_Post_Gzip{what}_IsRefused").SetProperty("Case", number);
    }

    [TestCaseSource(nameof(BrokenGzip))]
    public async Task Post_BrokenGzip(byte[] body)
    {
        using HttpResponseMessage answer = await _server.PostAsync(body, contentEncoding: "gzip");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test, Property("Case", 59)]
    public async Task Post_GzipOfHighRatioWithinTheSize_IsAccepted()
    {
        using HttpResponseMessage answer = await _server.PostAsync(Gzip(Reports.Paperless().PadRight(4_096)), contentEncoding: "gzip");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test, Property("Case", 60)]
    public async Task Post_TransferEncodingAndContentLength_IsRefused() =>
        Assert.That(
            await _server.SendRawAsync(
                "POST /report HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
            Does.StartWith("HTTP/1.1 400").And.Contain("application/problem+json"));

    [Test, Property("Case", 63)]
    public async Task Post_BrokenChunks_AreRefused() =>
        Assert.That(
            await _server.SendRawAsync("POST /report HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked", "zz\r\n"),
            Does.StartWith("HTTP/1.1 400").And.Contain("application/problem+json"));

    private static VerifyTests.VerifySettings Unscrubbed()
    {
        VerifyTests.VerifySettings settings = new();
        settings.DontScrubDateTimes();
        return settings;
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage answer) =>
        $"""
        {(int)answer.StatusCode}
        Content-Type: {answer.Content.Headers.ContentType}
        Retry-After: {answer.Headers.RetryAfter}

        {await answer.Content.ReadAsStringAsync()}
        """;

    private static byte[] Gzip(string text)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private async Task PostedAsync(string report)
    {
        using HttpResponseMessage answer = await _server.PostAsync(report);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }
}
