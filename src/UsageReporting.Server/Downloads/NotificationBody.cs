using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace UsageReporting.Server.Downloads;

/// <summary>The body of a notification, in a rented buffer: as much of it as came, and never more than is looked at.</summary>
internal sealed class NotificationBody : IDisposable
{
    // A run of Composer that installs some dozen packages.
    private const int Usual = 4_096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Usual);
    private int _length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public static async ValueTask<NotificationBody> ReadAsync(HttpRequest request)
    {
        // Kestrel would refuse what is only too long to be looked at as a whole.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }

        NotificationBody body = new();
        try
        {
            await body.FillAsync(request.Body);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Too slow, broken or gone: what came is looked at. A BadHttpRequestException is one of these.
        }

        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private async Task FillAsync(Stream stream)
    {
        int read;
        do
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            int room = Math.Min(_buffer.Length, ServerLimits.NotificationBytes) - _length;
            // Not cancelled when the client is gone: what came whole counts.
            read = await stream.ReadAsync(_buffer.AsMemory(_length, room), CancellationToken.None);
            _length += read;
        }
        while (read > 0 && _length < ServerLimits.NotificationBytes);
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
