using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using UsageReporting.TestSupport;
using UsageReporting.Transports.Http;

namespace UsageReporting.Tests.Transports.Http;

/// <summary>How published numbers are asked for, and what is made of the answer, over a real socket.</summary>
public sealed class NumbersClientTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";

    [Test]
    public async Task GetAsync_Request_SaysNothingOfWhoLooks()
    {
        await using LoopbackServer server = new(Head + "{}");

        NumbersResult result = await GetAsync(server, options =>
        {
            options.ApiKey = "the-key";
            options.UserAgentVersion = "1.0";
        });

        Assert.That(result, Is.InstanceOf<NumbersResult.Answered>());
        Assert.That(server.Requests.Single(), Is.EqualTo(
            $"GET /napari/summary.json HTTP/1.1\r\nHost: {server.Endpoint.Authority}\r\nConnection: close\r\nAccept: application/json\r\n\r\n"));
    }

    [Test]
    public async Task GetAsync_NumbersElsewhere_AreAskedForThere()
    {
        await using LoopbackServer server = new(Head + "{}");

        await GetAsync(server, options => options.Numbers = new Uri(server.Endpoint, "/usage/napari.json"));

        Assert.That(server.Requests.Single(), Does.StartWith("GET /usage/napari.json HTTP/1.1\r\n"));
    }

    [TestCase(null, "https://stats.example.org/napari/summary.json")]
    [TestCase("https://other.example.org/napari.json", "https://other.example.org/napari.json")]
    public void Endpoints_HttpSink_SayWhereNumbersAre(string? numbers, string told)
    {
        using UsageReporter reporter = UsageReporter.Create("napari", reporting => reporting
            .AddCollector([UsageField.Flag("flag", "Flag", "Why.")], (_, _, _) => ValueTask.CompletedTask)
            .AddHttpSink(options =>
            {
                options.Endpoint = new Uri("https://stats.example.org/napari/report");
                options.Numbers = numbers is null ? null : new Uri(numbers);
            }));

        Assert.That(reporter.Endpoints.Single().Numbers, Is.EqualTo(told));
    }

    [TestCase("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "status 302"), Property("Case", 116)]
    [TestCase("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "status 401")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>", "status 200")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{}", "read error")]
    [TestCase("nonsense\r\n\r\n", "InvalidResponse")]
    public async Task GetAsync_NoNumbers_SaysWhy(string answer, string reason)
    {
        await using LoopbackServer server = new(answer);

        Assert.That(await GetAsync(server), Is.EqualTo(new NumbersResult.Unreachable(reason)));
    }

    [Test, Property("Case", 115)]
    public async Task GetAsync_EndlessAnswer_IsNotReadToTheEnd()
    {
        await using LoopbackServer server = new(LoopbackServer.Endless(Head, new string('1', 65_536)));

        Assert.That(await GetAsync(server), Is.EqualTo(new NumbersResult.Unreachable("read error")));
    }

    [Test, Property("Case", 115)]
    public async Task GetAsync_AnswerThatDoesNotEnd_IsNotWaitedFor()
    {
        ManualTimeProvider time = new();
        await using LoopbackServer server = new(LoopbackServer.Half(Head));
        Task<NumbersResult> asking = GetAsync(server, time: time);
        await server.Received;

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(await asking.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(new NumbersResult.Unreachable("time-out")));
    }

    private static Task<NumbersResult> GetAsync(LoopbackServer server, Action<HttpSinkOptions>? configure = null, TimeProvider? time = null)
    {
        HttpSinkOptions options = new() { Endpoint = server.Endpoint };
        configure?.Invoke(options);
        return new NumbersClient(
            static () => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }),
            options,
            time ?? TimeProvider.System).GetAsync("napari", CancellationToken.None);
    }
}
