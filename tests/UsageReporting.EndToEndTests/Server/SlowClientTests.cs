using System.Globalization;
using System.Net;
using NUnit.Framework;
using UsageReporting.TestSupport;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>Clients that are slow on purpose. Kestrel's clock cannot be driven, so these take their seconds.</summary>
[Category("Long")]
public sealed class SlowClientTests
{
    private const string Post = "POST /report HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    // Ten bytes a second.
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(100);

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
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test, Property("Case", 79)]
    public async Task Send_HeaderByteByByte_IsEndedAfterSeconds()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        string answer = await DripAsync(connection, $"{Post}X-A: {new string('a', 2_000)}");

        Assert.That(RawConnection.StatusesIn(answer), Is.EqualTo("408"));
    }

    [Test, Property("Case", 79)]
    public async Task Send_BodyByteByByte_IsToldSo()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        await connection.SendAsync($"{Post}Content-Length: 2000\r\n\r\n");
        string answer = await DripAsync(connection, new string(' ', 2_000));

        Assert.That(RawConnection.StatusesIn(answer), Is.EqualTo("408"));
        Assert.That(answer, Does.Contain("The report came too slowly."));
    }

    [Test, Property("Case", 69)]
    public async Task Send_ExpectationAndThenNoBody_IsToldSo()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_server.Address);

        await connection.SendAsync($"{Post}Content-Length: 500\r\nExpect: 100-continue\r\n\r\n");

        Assert.That(RawConnection.StatusesIn(await connection.ReadToEndAsync()), Is.EqualTo("100 408"));
    }

    [Test, Property("Case", 79)]
    public async Task Send_AnswersAreNotRead_HarmsNobodyElse()
    {
        string requests = string.Concat(Enumerable.Repeat("GET /schema/paperless-ngx HTTP/1.1\r\nHost: x\r\n\r\n", 1_000));
        List<RawConnection> connections = [];
        for (int i = 0; i < 100; i++)
        {
            connections.Add(await RawConnection.OpenAsync(_server.Address));
            await connections[^1].SendAsync(requests);
        }

        using HttpResponseMessage answer = await _server.PostAsync(Reports.Paperless());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        connections.ForEach(connection => connection.Dispose());
    }

    // Sends until the server has had enough, and then reads what it says.
    private static async Task<string> DripAsync(RawConnection connection, string bytes)
    {
        using PeriodicTimer timer = new(BetweenBytes);
        Task<string> answer = connection.ReadToEndAsync();
        foreach (char one in bytes)
        {
            if (answer.IsCompleted)
            {
                return await answer;
            }

            await connection.SendAsync(one.ToString(CultureInfo.InvariantCulture));
            await timer.WaitForNextTickAsync();
        }

        return await answer;
    }
}
