using System.Net;
using System.Net.Http.Headers;

namespace UsageReporting.Transports.Http;

/// <summary>The report's bytes as they travel, and whether all of them were handed to the connection.</summary>
internal sealed class ReportContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public ReportContent(ReadOnlyMemory<byte> report)
    {
        _body = report;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (GzipBody.Of(report.Span) is { } smaller)
        {
            _body = smaller;
            Headers.ContentEncoding.Add("gzip");
        }
    }

    /// <summary>True from the moment at which the last byte may be on its way.</summary>
    public bool HasLeft { get; private set; }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Before the write and not after: the bytes may be gone although the write that took them fails.
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
