using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace UsageReporting.Load;

/// <summary>
/// One connection that is kept alive: a prepared request into which the next id is written, and an answer of which only
/// the status and the end are looked at.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly Installations _installations;
    private readonly byte[] _answer = new byte[4_096];
    private readonly byte[] _request;
    private readonly int _idAt;

    private TaskCompletionSource<long> _done = new();
    private long _end;
    private long _most;
    private long _answers;
    private int _received;
    private int? _status;

    public Connection(IPEndPoint server, Installations installations, PreparedRequest request)
    {
        _installations = installations;
        _request = [.. request.Bytes];
        _idAt = request.IdAt;
        _receive.Completed += (_, _) => Continue();
        _socket.Connect(server);
    }

    /// <summary>Sends one request after the other.</summary>
    /// <returns>How many were answered.</returns>
    public Task<long> RunAsync(long end, long most, int? status)
    {
        _done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        (_end, _most, _status, _answers) = (end, most, status, 0);
        Send();
        if (!Receive())
        {
            Continue();
        }

        return _done.Task;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Continue()
    {
        try
        {
            do
            {
                if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
                {
                    throw new InvalidOperationException($"The connection has ended: {_receive.SocketError}.");
                }

                _received += _receive.BytesTransferred;
                if (IsWhole && !TryGoOn())
                {
                    _done.SetResult(_answers);
                    return;
                }
            }
            while (!Receive());
        }
        catch (Exception e)
        {
            _done.SetException(e);
        }
    }

    // Of the answers that are measured only the 204 has no body; those of the others are objects without another in them.
    private bool IsWhole => _answer.AsSpan(9, 3).SequenceEqual("204"u8)
        ? _answer.AsSpan(0, _received).EndsWith("\r\n\r\n"u8)
        : _answer[_received - 1] == '}';

    private bool TryGoOn()
    {
        int status = ((_answer[9] - '0') * 100) + ((_answer[10] - '0') * 10) + _answer[11] - '0';
        if (_status is { } expected && status != expected)
        {
            throw new InvalidOperationException($"{expected} was expected and {status} came.");
        }

        _answers++;
        if (_answers == _most || Stopwatch.GetTimestamp() >= _end)
        {
            return false;
        }

        Send();
        return true;
    }

    private void Send()
    {
        _received = 0;
        _installations.WriteNext(_request.AsSpan(_idAt, Installations.Length));
        _socket.Send(_request);
    }

    // False when the answer is there already.
    private bool Receive()
    {
        _receive.SetBuffer(_answer, _received, _answer.Length - _received);
        return _socket.ReceiveAsync(_receive);
    }
}
