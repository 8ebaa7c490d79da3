using System.Net;
using System.Net.Http.Headers;

namespace UsageReporting.GoogleAnalytics;

/// <summary>The bytes as they travel, and whether they were handed to the connection.</summary>
internal sealed class MeasurementContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public MeasurementContent(ReadOnlyMemory<byte> body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True from the moment at which the last byte may be on its way.</summary>
    public bool HasLeft { get; private set; }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Before the write: the bytes may be gone although the write that took them fails.
        HasLeft = true;
        await stream.WriteAsync(_body, cancellationToken).ConfigureAwait(false);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
