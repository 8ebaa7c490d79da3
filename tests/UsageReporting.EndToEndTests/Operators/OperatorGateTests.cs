using System.Net;
using NUnit.Framework;
using UsageReporting.EndToEndTests.Server;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Operators;

/// <summary>From where the operator's pages can be seen at all.</summary>
public sealed class OperatorGateTests
{
    private const string Key = "the-operators-key";

    [TestCase("Host", "evil.example.org")]
    [TestCase("X-Forwarded-For", "127.0.0.1")]
    [TestCase("X-Real-IP", "203.0.113.7")]
    [TestCase("Forwarded", "for=203.0.113.7")]
    [TestCase("X-Original-For", "127.0.0.1:80")]
    [TestCase("X-Forwarded-Proto", "https")]
    [TestCase("x-forwarded-host", "usage.example.org")]
    [TestCase("X-Original-Proto", "http")]
    [TestCase("Via", "1.1 proxy")]
    public async Task Get_NotOfThisMachine_IsNotThere(string header, string value)
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await StartAsync(folder, fromAnywhere: false);
        using OperatorClient client = new(server.Address);
        Assert.That(await client.ReadAsync("/operator/sign-in"), Does.Contain("<form"));
        client.Headers.Add(header, value);

        foreach (string path in new[] { "/operator/", "/operator/sign-in", "/operator/installation", "/operator/operator.css" })
        {
            using HttpResponseMessage answer = await client.GetAsync(path);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        using HttpResponseMessage posted = await client.PostAsync("/operator/sign-in", ("key", Key));
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("https", HttpStatusCode.OK), TestCase("http", HttpStatusCode.Forbidden), TestCase(null, HttpStatusCode.Forbidden)]
    public async Task Get_FromAnywhere_IsThereByHttpsOnly(string? scheme, HttpStatusCode expected)
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await StartAsync(folder, fromAnywhere: true);
        using OperatorClient client = Elsewhere(server, scheme);

        using HttpResponseMessage answer = await client.GetAsync("/operator/sign-in");

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    // A proxy that nobody named says that a line is safe which it may not be.
    [Test]
    public async Task Get_FromAnywhereThroughAnUnnamedProxy_IsNotThere()
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await StartAsync(folder, fromAnywhere: true, isBehindProxy: false);
        using OperatorClient client = Elsewhere(server, "https");

        using HttpResponseMessage answer = await client.GetAsync("/operator/sign-in");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task SignIn_TooManyWrongKeys_IsNotEvenAskedForTheRightOne()
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await StartAsync(folder, fromAnywhere: true);
        using OperatorClient client = Elsewhere(server, "https");
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage wrong = await client.SignInAsync("wrong");
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        using HttpResponseMessage right = await client.SignInAsync(Key);

        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(right.Headers.RetryAfter, Is.Not.Null);
    }

    // Nothing else limits them, and a proxy here that says nothing makes everybody look as if they sat here.
    [Test]
    public async Task SignIn_TooManyWrongKeysOfThisMachine_IsNotEvenAskedForTheRightOne()
    {
        using TemporaryFolder folder = new();
        await using RunningServer server = await RunningServer.StartAsync(
            folder, configure: server => server.AdminKey = Key, operators: _ => { });
        using OperatorClient client = new(server.Address);
        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage wrong = await client.SignInAsync("wrong");
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        using HttpResponseMessage right = await client.SignInAsync(Key);
        ((ManualTimeProvider)server.Time).Advance(TimeSpan.FromMinutes(1));
        using HttpResponseMessage later = await client.SignInAsync(Key);

        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(right.Headers.RetryAfter, Is.Not.Null);
        Assert.That(later.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(server.Log.Troubles.Count(line => line.Contains("A key was tried", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static OperatorClient Elsewhere(RunningServer server, string? scheme)
    {
        OperatorClient client = new(server.Address);
        client.Headers.Add("X-Forwarded-For", "203.0.113.7");
        if (scheme is not null)
        {
            client.Headers.Add("X-Forwarded-Proto", scheme);
        }

        return client;
    }

    private static Task<RunningServer> StartAsync(TemporaryFolder folder, bool fromAnywhere, bool? isBehindProxy = null) => RunningServer.StartAsync(
        folder,
        configure: server =>
        {
            server.AdminKey = Key;
            server.RequestsOfNetworkPerMinute = 3;
        },
        isBehindProxy: isBehindProxy ?? fromAnywhere,
        operators: operators => operators.FromAnywhere = fromAnywhere);
}
