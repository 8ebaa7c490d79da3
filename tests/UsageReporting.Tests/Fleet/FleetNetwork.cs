using System.Net;
using System.Net.Sockets;
using System.Text;
using UsageReporting.TestSupport;

namespace UsageReporting.Tests.Fleet;

/// <summary>The network between the application and the server: real sockets on both sides, and a <see cref="Weather"/>.</summary>
internal sealed class FleetNetwork : IAsyncDisposable
{
    private const string Down =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    private readonly Uri _server;
    private readonly TimeProvider _time;
    private readonly LoopbackServer _front;

    public FleetNetwork(Uri server, TimeProvider time)
    {
        _server = server;
        _time = time;
        _front = new LoopbackServer(PassAsync);
    }

    public string Endpoint => new UriBuilder(_front.Endpoint) { Path = "/submit" }.Uri.AbsoluteUri;

    public Weather Weather { get; set; }

    /// <summary>When reports came by, in the true time.</summary>
    public List<DateTimeOffset> Attempts { get; } = [];

    /// <summary>When the server has refused one because its installation reported already, in the true time.</summary>
    public List<DateTimeOffset> Refusals { get; } = [];

    public ValueTask DisposeAsync() => _front.DisposeAsync();

    private async Task PassAsync(NetworkStream client, CancellationToken cancellationToken)
    {
        Attempts.Add(_time.GetUtcNow());
        if (Weather == Weather.RequestsAreLost)
        {
            return;
        }

        byte[] answer = Weather == Weather.ServerDown
            ? Encoding.Latin1.GetBytes(Down)
            : await AskAsync(_front.Requests[^1], cancellationToken);
        if (Weather != Weather.AnswersAreLost)
        {
            await client.WriteAsync(answer, cancellationToken);
        }
    }

    // The request says that the connection is to be closed behind the answer.
    private async Task<byte[]> AskAsync(string request, CancellationToken cancellationToken)
    {
        using TcpClient server = new();
        await server.ConnectAsync(IPAddress.Loopback, _server.Port, cancellationToken);
        await server.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using MemoryStream answer = new();
        await server.GetStream().CopyToAsync(answer, cancellationToken);
        if (Encoding.Latin1.GetString(answer.ToArray()).StartsWith("HTTP/1.1 429 ", StringComparison.Ordinal))
        {
            Refusals.Add(_time.GetUtcNow());
        }

        return answer.ToArray();
    }
}
