using System.Net;
using System.Net.Sockets;

namespace UsageReporting.Runs;

/// <summary>An endpoint on this machine that behaves as the subject needs it.</summary>
internal sealed class Endpoint : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _held = [];

    public Endpoint()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog: 1);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/report");

    /// <summary>Behaves so for one run.</summary>
    public async Task BehaveAsync(Subject subject, CancellationToken cancellationToken)
    {
        switch (subject)
        {
            case Subject.Unreachable:
                Fill();
                break;
            case Subject.Answered or Subject.Silent:
                _listener.Listen(backlog: 64);
                await ServeAsync(subject == Subject.Answered, cancellationToken);
                break;
        }
    }

    /// <summary>Lets everything go that was held.</summary>
    public void Release()
    {
        _held.ForEach(socket => socket.Dispose());
        _held.Clear();
        while (_listener.Poll(0, SelectMode.SelectRead))
        {
            _listener.Accept().Dispose();
        }
    }

    public void Dispose()
    {
        Release();
        _listener.Dispose();
    }

    // Nobody accepts these; when the queue is full, the next one's first packet is dropped.
    private void Fill()
    {
        _listener.Listen(backlog: 1);
        for (int i = 0; i < 8; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _held.Add(socket);
            try
            {
                socket.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // Under way.
            }
        }
    }

    private async Task ServeAsync(bool answers, CancellationToken cancellationToken)
    {
        byte[] request = new byte[16 * 1_024];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(cancellationToken);
                _held.Add(socket);
                await socket.ReceiveAsync(request, cancellationToken);
                if (answers)
                {
                    await socket.SendAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
                    socket.Dispose();
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The run has ended.
            }
        }
    }
}
