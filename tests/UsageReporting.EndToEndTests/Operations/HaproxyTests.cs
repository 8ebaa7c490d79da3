using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Operations;

/// <summary>The configuration of <c>ops/haproxy</c> in a real haproxy, and what it tells who is behind it.</summary>
[RequiresTool("haproxy")]
public sealed class HaproxyTests
{
    [Test]
    public async Task Get_WhoSpeaksForItself_IsNotHeard()
    {
        await using LoopbackServer server = new("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using Haproxy haproxy = new(server.Endpoint.Port, server.Endpoint.Port, retries: 3);
        using HttpClient client = new() { BaseAddress = haproxy.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        await AskAsync(client);

        string? heard = server.Requests.Find(request => request.StartsWith("GET /asked ", StringComparison.Ordinal));
        Assert.That(heard, Does.Contain("x-forwarded-for: 127.0.0.1\r\n").And.Contain("x-forwarded-proto: http\r\n"));
        Assert.That(heard, Does.Not.Contain("203.0.113.7").And.Not.Contain("https"));
    }

    private static async Task AskAsync(HttpClient client)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync("/asked", bound.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50, bound.Token);
        }
    }
}
