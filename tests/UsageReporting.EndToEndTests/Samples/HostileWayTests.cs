using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Samples;

/// <summary>What can go wrong on the way to an endpoint: certificates and proxies. Nothing leaves then, and it says so.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform("Linux", Reason = "Only there does the runtime take trusted certificates from a file.")]
internal sealed class HostileWayTests
{
    private const string Accepted = "HTTP/1.1 204 No Content\r\n\r\n";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static IEnumerable<TestCaseData> Certificates =>
    [
        Case("a good one", authority => authority.Issue(Now.AddDays(-1), Now.AddDays(1)), Sending.Sent),
        Case("expired", authority => authority.Issue(Now.AddDays(-2), Now.AddDays(-1)), Sending.NotReached),
        Case("not valid yet", authority => authority.Issue(Now.AddDays(1), Now.AddDays(2)), Sending.NotReached),
        Case("for another host", authority => authority.Issue(Now.AddDays(-1), Now.AddDays(1), "stats.example.org"), Sending.NotReached),
        Case("signed by itself", _ => new TestAuthority().Certificate, Sending.NotReached),
        Case("of another authority", _ => new TestAuthority().Issue(Now.AddDays(-1), Now.AddDays(1)), Sending.NotReached),
    ];

    [TestCaseSource(nameof(Certificates))]
    [Property("Case", 117)]
    public async Task Send_Certificate_MustBeGood(Func<TestAuthority, X509Certificate2> issue, string words)
    {
        using TestAuthority authority = new();
        using TemporaryFolder folder = new();
        string trusted = folder.Combine("trusted.pem");
        await File.WriteAllTextAsync(trusted, authority.Certificate.ExportCertificatePem());
        using X509Certificate2 certificate = issue(authority);
        await using LoopbackServer server = new(LoopbackServer.Tls(certificate, Accepted), readsRequest: false);

        Assert.That(await Sending.WordsAsync(Https(server), Variable("SSL_CERT_FILE", trusted)), Is.EqualTo(words));
    }

    [Test, Property("Case", 117)]
    public async Task Send_HttpsToAPortWithoutTls_ReachesNobody()
    {
        await using LoopbackServer server = new(
            (stream, token) => stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), token).AsTask(), readsRequest: false);

        Assert.That(await Sending.WordsAsync(Https(server)), Is.EqualTo(Sending.NotReached));
    }

    [Test, Property("Case", 117)]
    public async Task Send_HttpToAPortWithTls_MayHaveArrived()
    {
        using TestAuthority authority = new();
        await using LoopbackServer server = new(LoopbackServer.Tls(authority.Certificate, Accepted), readsRequest: false);

        Assert.That(await Sending.WordsAsync(server), Is.EqualTo(Sending.MayHaveArrived));
    }

    // No name of the top-level domain "invalid" exists (RFC 6761): none of these reports can get anywhere.
    [TestCase("garbage")]
    [TestCase(":::")]
    [TestCase("http://")]
    [TestCase("http://[::1")]
    [TestCase("http://127.0.0.1:99999")]
    [TestCase("http://127.0.0.1:9", Description = "nobody listens")]
    [TestCase("http://proxy.invalid:3128")]
    [TestCase("http://user:pass:word@@127.0.0.1:9")]
    [TestCase("https://127.0.0.1:9")]
    [TestCase("socks5://127.0.0.1:9")]
    [TestCase("ftp://127.0.0.1:9")]
    [TestCase("pac+file:///etc/proxy.pac")]
    [TestCase("\u001b[2J")]
    [Property("Case", 118)]
    public async Task Send_ProxyVariables_AreNobodysEnd(string proxy)
    {
        KeyValuePair<string, string?>[] variables = [Variable("https_proxy", proxy), Variable("all_proxy", proxy), Variable("http_proxy", proxy)];
        await using LoopbackServer server = new(Accepted);

        Assert.That(await Sending.WordsAsync("https://stats.invalid/report", variables), Is.EqualTo(Sending.NotReached));
        Assert.That(await Sending.WordsAsync(server.Endpoint.AbsoluteUri, variables), Is.EqualTo(Sending.Sent), "no proxy on this machine");
    }

    [TestCase("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("HTTP/1.1 200 Connection established\r\n\r\n<html>")]
    [TestCase("HTTP/1.1 403 Forbidden\r\n\r\n")]
    [TestCase("220 smtp.example.org\r\n")]
    [TestCase("")]
    [Property("Case", 118)]
    public async Task Send_ProxyThatRefuses_ReachesNobody(string answer)
    {
        Func<NetworkStream, CancellationToken, Task> refuse = async (stream, token) =>
        {
            await stream.ReadAtLeastAsync(new byte[4_096], 1, throwOnEndOfStream: false, token);
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer), token);
        };
        await using LoopbackServer proxy = new(refuse, readsRequest: false);

        Assert.That(
            await Sending.WordsAsync("https://stats.invalid/report", Variable("https_proxy", proxy.Endpoint.AbsoluteUri)),
            Is.EqualTo(Sending.NotReached));
    }

    private static TestCaseData Case(string name, Func<TestAuthority, X509Certificate2> issue, string words) =>
        new TestCaseData(issue, words).SetArgDisplayNames(name);

    private static KeyValuePair<string, string?> Variable(string name, string value) => KeyValuePair.Create<string, string?>(name, value);

    private static string Https(LoopbackServer server) => new UriBuilder(server.Endpoint) { Scheme = "https" }.Uri.AbsoluteUri;
}
