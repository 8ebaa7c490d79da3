using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace UsageReporting.TestSupport;

/// <summary>
/// A server of a few lines on a real socket, which can do what no HTTP server does: answer half, too much or never.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly bool _readsRequest;
    private readonly Task _serving;

    /// <summary>A server that reads each request whole, answers as told and closes the connection.</summary>
    public LoopbackServer(Func<NetworkStream, CancellationToken, Task> answer, bool readsRequest = true)
    {
        _answer = answer;
        _readsRequest = readsRequest;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>A server that reads each request whole, answers with these characters and closes the connection.</summary>
    public LoopbackServer(string answer)
        : this((stream, token) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token).AsTask())
    {
    }

    /// <summary>Where reports are posted to; the port also takes anything else.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/report");

    /// <summary>The requests as they came, byte for character.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Completes when the first request is there.</summary>
    public Task Received => _received.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Writes something and then nothing more, and keeps the connection open.</summary>
    public static Func<NetworkStream, CancellationToken, Task> Half(string answer) => async (stream, token) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
    };

    /// <summary>Writes the beginning once and then the rest over and over, as fast as it is taken.</summary>
    public static Func<NetworkStream, CancellationToken, Task> Endless(string beginning, string rest) =>
        async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), token);
            byte[] more = Encoding.Latin1.GetBytes(rest);
            while (true)
            {
                await stream.WriteAsync(more, token);
            }
        };

    /// <summary>Writes the beginning once and then the rest over and over, a second apart.</summary>
    public static Func<NetworkStream, CancellationToken, Task> Dripping(string beginning, string rest) =>
        async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), token);
            using PeriodicTimer second = new(TimeSpan.FromSeconds(1));
            while (await second.WaitForNextTickAsync(token))
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(rest), token);
            }
        };

    /// <summary>Speaks TLS first, and then reads the request and answers.</summary>
    public static Func<NetworkStream, CancellationToken, Task> Tls(X509Certificate2 certificate, string answer) =>
        async (stream, token) =>
        {
            await using SslStream tls = new(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
            await ReadAsync(tls, token);
            await tls.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        };

    /// <summary>Breaks the connection off, as a firewall or a crash does.</summary>
    public static Func<NetworkStream, CancellationToken, Task> Reset { get; } = (stream, _) =>
    {
        stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        stream.Socket.Close();
        return Task.CompletedTask;
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                await ServeAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            NetworkStream stream = client.GetStream();
            if (_readsRequest)
            {
                Requests.Add(await ReadAsync(stream, _end.Token));
                _received.TrySetResult();
            }

            await _answer(stream, _end.Token);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The client has heard enough.
        }
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        StringBuilder request = new();
        byte[] buffer = new byte[4_096];
        while (!IsWhole(request.ToString()))
        {
            int read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            request.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return request.ToString();
    }

    private static bool IsWhole(string request)
    {
        const string Length = "Content-Length: ";
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        int length = request.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        return end >= 0
            && (length < 0 || request.Length - end - 4 >= int.Parse(
                request.AsSpan(length + Length.Length, request.IndexOf('\r', length) - length - Length.Length),
                CultureInfo.InvariantCulture));
    }
}
