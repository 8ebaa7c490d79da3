namespace UsageReporting.Transports.File;

/// <summary>Writes each report as a line of a file, for whoever takes reports elsewhere by other means.</summary>
internal sealed class FileReportSink(string path, FileSinkOptions options, TimeProvider time) : IReportSink
{
    private readonly LineFile _file = new(path, options.MaxFileBytes, options.MaxFiles);

    public string Destination => path;

    public async ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Report.Span.ContainsAny((byte)'\r', (byte)'\n'))
        {
            return new DeliveryResult.Rejected(["The report is more than one line."]);
        }

        try
        {
            using FileStream? held =
                await FileLock.TakeAsync($"{path}.lock", time, cancellationToken).ConfigureAwait(false);
            if (held is null)
            {
                return new DeliveryResult.Unreachable("locked", MaybeReceived: false);
            }

            // On a thread of its own, because a disk may hang; not interrupted, because a line is whole or not there.
            await Task.Run(() => _file.Append(delivery.Report.Span, delivery.IsRepeat), CancellationToken.None)
                .ConfigureAwait(false);
            return new DeliveryResult.Accepted();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or ArgumentOutOfRangeException or NotSupportedException)
        {
            // The last two are what the runtime makes of a limit to the length of files, and of a pipe.
            return new DeliveryResult.Unreachable(e.GetType().Name, MaybeReceived: false);
        }
    }
}
