using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace UsageReporting.EndToEndTests.Server;

/// <summary>A connection in TLS on which a test writes its own records, of HTTP/1.1 or frames of HTTP/2.</summary>
internal sealed class TlsConnection : IAsyncDisposable
{
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    // GET https://x/healthz/live, of entries of the static table and two literals (RFC 7541, 6).
    private static readonly byte[] Get = [0x82, 0x87, 0x04, 13, .. "/healthz/live"u8, 0x01, 1, (byte)'x'];

    private readonly CancellationTokenSource _bound = new(Bound);
    private readonly SslStream _stream;

    private TlsConnection(SslStream stream) => _stream = stream;

    /// <summary>The types of the frames of HTTP/2 (RFC 9113, 6) that are sent here.</summary>
    public enum Frame : byte
    {
        Data = 0,
        Headers = 1,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        Continuation = 9,
    }

    /// <summary>Opens a connection.</summary>
    /// <param name="server">Where.</param>
    /// <param name="name">The name that is asked for (SNI).</param>
    /// <param name="protocol">What is to be spoken.</param>
    public static async Task<TlsConnection> OpenAsync(Uri server, string name, SslApplicationProtocol protocol)
    {
        TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port);
        // No authority of this machine's knows it, and the name may be another's.
        TlsConnection connection = new(new SslStream(
            client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == "CN=An endpoint of a test"));
        await connection._stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = name, ApplicationProtocols = [protocol] }, connection._bound.Token);
        return connection;
    }

    /// <summary>Opens a connection in HTTP/2 with these settings, each of six bytes.</summary>
    public static async Task<TlsConnection> OpenHttp2Async(Uri server, params byte[] settings)
    {
        TlsConnection connection = await OpenAsync(server, "x", SslApplicationProtocol.Http2);
        await connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await connection.SendAsync(Of(Frame.Settings, 0, 0, settings));
        return connection;
    }

    /// <summary>A frame.</summary>
    public static byte[] Of(Frame type, byte flags, int stream, params ReadOnlySpan<byte> content)
    {
        byte[] frame = new byte[9 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length << 8 | (byte)type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        content.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The frame of a whole request, without a body.</summary>
    public static byte[] GetOn(int stream) => Of(Frame.Headers, EndStream | EndHeaders, stream, Get);

    /// <summary>Writes a record, or says that the server has had enough.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes, _bound.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        StringBuilder received = new();
        byte[] buffer = new byte[65_536];
        int read;
        do
        {
            try
            {
                read = await _stream.ReadAsync(buffer, _bound.Token);
            }
            catch (IOException)
            {
                read = 0;
            }

            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        while (read > 0);

        return received.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _bound.Dispose();
    }
}
