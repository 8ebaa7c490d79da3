using System.Text.Json;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>What a person reads for each answer that an endpoint can give.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Category("Long")] // Each answer is a process; how statuses are read has tests without one.
internal sealed class AnswerWordsTests
{
    private const string Problem = "application/problem+json";
    private const string Json = "application/json";
    private const string Html = "text/html";

    [TestCase(101, null, Sending.MayHaveArrived)]
    [TestCase(200, null, Sending.MayHaveArrived)]
    [TestCase(200, Html, Sending.MayHaveArrived, Description = "a captive portal")]
    [TestCase(200, Json, Sending.MayHaveArrived)]
    [TestCase(201, null, Sending.MayHaveArrived)]
    [TestCase(202, null, Sending.MayHaveArrived)]
    [TestCase(204, null, Sending.Sent)]
    [TestCase(205, null, Sending.MayHaveArrived)]
    [TestCase(206, null, Sending.MayHaveArrived)]
    [TestCase(300, null, Sending.MayHaveArrived)]
    [TestCase(304, null, Sending.MayHaveArrived)]
    [TestCase(400, null, Sending.Refused)]
    [TestCase(400, Html, Sending.Refused)]
    [TestCase(401, Problem, Sending.Refused)]
    [TestCase(403, Problem, Sending.Refused)]
    [TestCase(404, Html, Sending.Refused)]
    [TestCase(405, Problem, Sending.Refused)]
    [TestCase(408, null, Sending.MayHaveArrived)]
    [TestCase(408, Problem, Sending.NotReached)]
    [TestCase(413, null, Sending.Refused)]
    [TestCase(415, Problem, Sending.Refused)]
    [TestCase(418, null, Sending.Refused)]
    [TestCase(422, Problem, Sending.Refused)]
    [TestCase(429, null, Sending.MayHaveArrived)]
    [TestCase(429, Problem, Sending.NotReached)]
    [TestCase(451, null, Sending.Refused)]
    [TestCase(500, Html, Sending.MayHaveArrived)]
    [TestCase(502, null, Sending.MayHaveArrived)]
    [TestCase(503, Problem, Sending.NotReached)]
    [TestCase(503, null, Sending.MayHaveArrived)]
    [TestCase(511, Html, Sending.MayHaveArrived)]
    [TestCase(999, null, Sending.MayHaveArrived)]
    [Property("Case", 116)]
    public async Task Send_Status_HasItsWords(int status, string? mediaType, string words)
    {
        string contentType = mediaType is null ? "" : $"Content-Type: {mediaType}\r\n";
        await using LoopbackServer server = new($"HTTP/1.1 {status} Something\r\n{contentType}Connection: close\r\n\r\n");

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(words));
    }

    private const string Submitted =
        """{"error":"already_submitted","last_sent":"2026-05-15T10:00:00Z","retry_after_days":4,"same_report":true}""";

    [TestCase(null, Submitted)]
    [TestCase("604800", Submitted)]
    [TestCase("-1", Submitted)]
    [TestCase("1000000000000", Submitted)]
    [TestCase("Fri, 22 May 2026 10:00:00 GMT", Submitted)]
    [TestCase("\u00FF\u0080;;,=", Submitted)]
    [Property("Case", 116)]
    public async Task Send_AlreadySubmitted_SaysWhenAgainWhateverRetryAfterSays(string? retryAfter, string body)
    {
        await using LoopbackServer server = new(TooMany(retryAfter, Json, body));

        string words = await Sending.WordsAsync(server);

        Assert.That(words, Does.Match(
            "\\AAlready submitted (today|1 day ago|[0-9]+ days ago)\\. Nothing sent\\.\nYou can send again after 2026-05-22\\.\n\\z"));
    }

    [TestCase("0", Json, """{"error":"rate_limited","retry_after_seconds":57}""", Sending.NotReached)]
    [TestCase("99999999999999999999999", Json, """{"error":"rate_limited"}""", Sending.NotReached)]
    [TestCase("-1", Json, """{"error":"already_submitted"}""", Sending.MayHaveArrived)]
    [TestCase("soon", Json, """{"error":"already_submitted","last_sent":"9999-99-99T99:99:99Z"}""", Sending.MayHaveArrived)]
    [TestCase("0", Html, "<html>", Sending.MayHaveArrived)]
    [TestCase("Thu, 01 Jan 1970 00:00:00 GMT", Json, "{", Sending.MayHaveArrived)]
    [Property("Case", 116)]
    public async Task Send_TooManyRequests_HasItsWords(string retryAfter, string mediaType, string body, string words)
    {
        await using LoopbackServer server = new(TooMany(retryAfter, mediaType, body));

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(words));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Send_Redirect_IsFollowedNowhere(int status)
    {
        await using LoopbackServer elsewhere = new("HTTP/1.1 204 No Content\r\n\r\n");
        await using LoopbackServer server = new(Redirect(status, elsewhere.Endpoint.AbsoluteUri));

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(Sending.MayHaveArrived));
        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [TestCase("/report", Description = "a loop")]
    [TestCase("http://stats.example.org/report", Description = "to another host, readable")]
    [TestCase("file:///etc/passwd")]
    [TestCase("::", Description = "no address")]
    public async Task Send_RedirectToAnything_IsFollowedNowhere(string location)
    {
        await using LoopbackServer server = new(Redirect(307, location));

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(Sending.MayHaveArrived));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Send_RefusalWithEscapeSequences_ShowsThemAsText()
    {
        await using LoopbackServer server = new(
            $"HTTP/1.1 400 Bad Request\r\nContent-Type: {Problem}\r\nConnection: close\r\n\r\n"
            + """{"errors":{"arch\u001b]0;x\u0007":["\u001b[2J\u001b[31mIs absent.\r\nReport sent.\u009b1m"]}}""");

        Assert.That(
            await Sending.WordsAsync(server),
            Is.EqualTo(Sending.Refused + "arch]0;x: [2J[31mIs absent.Report sent.1m\n"));
    }

    [Test]
    public async Task Send_RefusalOfAMegabyte_ShowsNoneOfIt()
    {
        string sentence = "\u001b[2J" + new string('x', 1_000);
        string errors = JsonSerializer.Serialize(new { errors = new { arch = Enumerable.Repeat(sentence, 1_000) } });
        await using LoopbackServer server = new(
            $"HTTP/1.1 400 Bad Request\r\nContent-Type: {Problem}\r\nContent-Length: {errors.Length}\r\n\r\n{errors}");

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(Sending.Refused));
    }

    private static string TooMany(string? retryAfter, string mediaType, string body) =>
        "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n"
        + (retryAfter is null ? "" : $"Retry-After: {retryAfter}\r\n")
        + $"Content-Type: {mediaType}\r\n\r\n{body}";

    private static string Redirect(int status, string location) =>
        $"HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nConnection: close\r\n\r\n";
}
