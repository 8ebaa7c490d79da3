namespace UsageReporting;

/// <summary>One attempt to send one report.</summary>
/// <param name="Report">The exact bytes: what <see cref="IReportSink.Render"/> made, a JSON object in UTF-8 unless it says otherwise.</param>
/// <param name="IsRepeat">
/// Whether an earlier attempt with these bytes was begun and never answered, so that "already reported" may be the
/// answer to that one.
/// </param>
/// <param name="Window">How long after a report another one of this installation is refused.</param>
public sealed record ReportDelivery(ReadOnlyMemory<byte> Report, bool IsRepeat, TimeSpan Window);
