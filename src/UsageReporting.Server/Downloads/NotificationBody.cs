using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace UsageReporting.Server.Downloads;

/// <summary>The body of a notification, which is read as it comes: a thousand that are held open cost little.</summary>
internal static class NotificationBody
{
    public static async ValueTask<NotificationReader> ReadAsync(HttpRequest request)
    {
        // Kestrel would refuse what is only too long to be looked at as a whole.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }

        NotificationReader reader = new();
        try
        {
            await FeedAsync(reader, request.BodyReader);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Too slow, broken or gone: what came counts. A BadHttpRequestException is one of these.
        }

        return reader;
    }

    private static async Task FeedAsync(NotificationReader reader, PipeReader body)
    {
        long left = ServerLimits.NotificationBytes;
        bool isMore;
        do
        {
            // Not cancelled when the client is gone: what came whole counts.
            ReadResult result = await body.ReadAsync(CancellationToken.None);
            ReadOnlySequence<byte> bytes = result.Buffer;
            isMore = bytes.Length < left && !result.IsCompleted;
            bytes = bytes.Slice(0, Math.Min(bytes.Length, left));
            SequencePosition read = reader.Read(bytes);
            left -= bytes.Slice(0, read).Length;
            body.AdvanceTo(read, bytes.End);
        }
        while (isMore);
    }
}
