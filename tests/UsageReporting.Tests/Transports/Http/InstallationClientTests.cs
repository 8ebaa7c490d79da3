using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Transports.Http;

namespace UsageReporting.Tests.Transports.Http;

/// <summary>What a server says of an installation, over a real socket.</summary>
public sealed class InstallationClientTests
{
    private const string Receipt = """{"receipt":{},"signature":"AA=="}""";

    private static readonly InstallationProof Proof = new("napari", "0c5b9b1e-1111-4222-8333-444455556666", new string('7', 64));

    [TestCase("application/problem+json", """{"type":"urn:usage-reporting:unknown-installation","status":404}""", true)]
    [TestCase("application/problem+json", """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","status":404}""", false)]
    [TestCase("application/problem+json", """{"type":7}""", false)]
    [TestCase("application/problem+json", "[]", false)]
    [TestCase("application/problem+json", "nonsense", false)]
    [TestCase("application/json", """{"type":"urn:usage-reporting:unknown-installation"}""", false)]
    public async Task EraseAsync_404_IsUnknownOnlyInOurWords(string type, string body, bool isUnknown)
    {
        await using LoopbackServer server = new(Answer("404 Not Found", type, body));

        TakeBackResult result = await Client(server).EraseAsync(Proof, CancellationToken.None);

        Assert.That(result, isUnknown ? Is.EqualTo(new TakeBackResult.Unknown()) : Is.InstanceOf<TakeBackResult.Unreachable>());
        Assert.That(server.Requests, Has.Count.EqualTo(1), "The key is of no use without a receipt.");
    }

    [Test]
    public async Task EraseAsync_Erased_AsksForTheKeyAfterwards()
    {
        await using LoopbackServer server = new(Answer("200 OK", "application/json", """{"receipts":{"public_key":"the key"},"signature":"AA=="}"""));

        TakeBackResult result = await Client(server).EraseAsync(Proof, CancellationToken.None);

        Assert.That(result, Is.EqualTo(new TakeBackResult.Answered("""{"receipts":{"public_key":"the key"},"signature":"AA==","public_key":"the key"}""")));
        Assert.That(server.Requests.Select(request => request.Split(" HTTP/")[0]), Is.EqualTo(new[] { "POST /installation/erase", "GET /.well-known/usage-reporting" }));
        Assert.That(server.Requests[0], Does.Not.Contain("Connection: close"), "The key is asked for on the same connection.");
    }

    [Test]
    public async Task EraseAsync_KeyDoesNotCome_GivesTheReceipt()
    {
        int requests = 0;
        await using LoopbackServer server = new((stream, token) => requests++ == 0
            ? stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Answer("200 OK", "application/json", Receipt)), token).AsTask()
            : LoopbackServer.Reset(stream, token));

        Assert.That(await Client(server).EraseAsync(Proof, CancellationToken.None), Is.EqualTo(new TakeBackResult.Answered(Receipt)));
    }

    private static string Answer(string status, string type, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private static InstallationClient Client(LoopbackServer server) =>
        new(static () => new HttpClient(), new HttpSinkOptions { Endpoint = server.Endpoint }, TimeProvider.System);
}
