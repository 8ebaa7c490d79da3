using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using UsageReporting.Server.Ingest.Gzip;

namespace UsageReporting.Server.Ingest;

/// <summary>The bytes of a report as its author composed them, in a rented buffer, or why there are none.</summary>
internal sealed class ReceivedBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private ReceivedBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes, after decompression.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>The answer when the body is not to be read, or null.</summary>
    public IResult? Refusal { get; private set; }

    /// <summary>Reads the body; never more of it than a report may have, wrapped or not.</summary>
    public static async ValueTask<ReceivedBody> ReadAsync(HttpRequest request, int maxBytes)
    {
        bool isGzip = ContentCodingRule.Read(request.Headers.ContentEncoding) == ContentCoding.Gzip;
        int limit = isGzip ? maxBytes + ServerLimits.GzipOverhead : maxBytes;
        LowerKestrelsLimit(request, limit);

        // One byte more than allowed, by which too much is known.
        ReceivedBody body = new(limit + 1);
        body.Refusal = await body.FillAsync(request, limit + 1, maxBytes);
        if (body._length > limit)
        {
            body.Refusal ??= TooLarge(maxBytes);
        }

        if (!isGzip || body.Refusal is not null)
        {
            return body;
        }

        using (body)
        {
            return Unwrap(body, maxBytes);
        }
    }

    /// <summary>Gives the buffer back, once: an array that is returned twice would get two owners.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }

    private static ReceivedBody Unwrap(ReceivedBody wrapped, int maxBytes)
    {
        ReceivedBody body = new(maxBytes + 1);
        int? length = GzipMember.TryInflate(
            wrapped._buffer.AsMemory(0, wrapped._length), body._buffer.AsSpan(0, maxBytes + 1));
        body._length = length ?? 0;
        body.Refusal = length is null ? Answers.Invalid("The body is not exactly one whole gzip member.")
            : length > maxBytes ? TooLarge(maxBytes)
            : null;
        return body;
    }

    private async Task<IResult?> FillAsync(HttpRequest request, int most, int maxBytes)
    {
        try
        {
            int read;
            do
            {
                // Not cancelled when the client is gone: a body that came whole is stored, and if it did not come whole
                // reading ends with the connection.
                read = await request.Body.ReadAsync(_buffer.AsMemory(_length, most - _length), CancellationToken.None);
                _length += read;
            }
            while (read > 0 && _length < most && _length != request.ContentLength);

            return null;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => Answers.TimedOut,
                StatusCodes.Status413PayloadTooLarge => TooLarge(maxBytes),
                _ => Answers.Invalid("The body of the request is broken."),
            };
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody is there to read this any more.
            return Answers.Invalid("The body of the request is broken.");
        }
    }

    // With the report's own limit Kestrel does not read the rest of a large body just to get to its end.
    private static void LowerKestrelsLimit(HttpRequest request, int limit)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit + 1;
        }
    }

    private static IResult TooLarge(int maxBytes) =>
        Answers.Invalid(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"The report is larger than {maxBytes} bytes."));
}
