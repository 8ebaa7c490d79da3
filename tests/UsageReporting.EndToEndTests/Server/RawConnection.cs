using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>A connection on which a test writes its own bytes. Nothing here waits for longer than a bound.</summary>
internal sealed partial class RawConnection : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawConnection> OpenAsync(Uri server, IPAddress? from = null)
    {
        RawConnection connection = new();
        if (from is not null)
        {
            connection._socket.Bind(new IPEndPoint(from, 0));
        }

        await connection._socket.ConnectAsync(IPAddress.Parse(server.Host), server.Port);
        return connection;
    }

    /// <summary>The statuses of answers in the order in which they came, such as <c>204 200</c>.</summary>
    public static string StatusesIn(string answers) =>
        string.Join(' ', Status().Matches(answers).Select(match => match.Groups[1].Value));

    /// <summary>Whether the server has closed the connection and said nothing.</summary>
    public bool IsClosed => _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && _socket.Available == 0;

    /// <summary>Writes bytes, each character one, and says whether the server took them all.</summary>
    public async Task<bool> SendAsync(string bytes)
    {
        try
        {
            using CancellationTokenSource bound = new(Bound);
            await using NetworkStream stream = new(_socket);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), bound.Token);
            return true;
        }
        catch (IOException)
        {
            // What the server had to say can still be read.
            return false;
        }
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void CloseSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection off with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public Task<string> ReadToEndAsync() => ReadAsync(_ => false);

    /// <summary>Reads until what has come so far is enough, or the server closes the connection.</summary>
    public async Task<string> ReadAsync(Func<string, bool> isEnough)
    {
        using CancellationTokenSource bound = new(Bound);
        StringBuilder received = new();
        byte[] buffer = new byte[65_536];
        int read;
        do
        {
            try
            {
                read = await _socket.ReceiveAsync(buffer, bound.Token);
            }
            catch (SocketException)
            {
                read = 0;
            }

            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        while (read > 0 && !isEnough(received.ToString()));

        return received.ToString();
    }

    public void Dispose() => _socket.Dispose();

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3})", RegexOptions.Multiline)]
    private static partial Regex Status();
}
