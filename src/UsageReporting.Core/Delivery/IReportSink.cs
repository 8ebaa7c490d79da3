namespace UsageReporting;

/// <summary>
/// A place that reports are sent to. It sends the bytes that it is given as they are. It may throw, which counts as an
/// answer that never came.
/// </summary>
public interface IReportSink
{
    /// <summary>What people are told about where reports go, such as the endpoint's address. Different for each sink.</summary>
    string Destination { get; }

    /// <summary>The one level whose reports go there, so that a network can close it for that level; null for all.</summary>
    UsageLevel? Level => null;

    /// <summary>
    /// Whether who receives the reports knows one again that was sent before, and counts it once. Where not, a person who is
    /// asked whether to send one again reads that it may be counted twice.
    /// </summary>
    bool KnowsRepeats => true;

    /// <summary>
    /// What is sent of a report: the report as it is, unless the place takes another format. What comes of it is shown, frozen,
    /// sent and kept in the place of the report.
    /// </summary>
    /// <param name="report">The report: a JSON object in UTF-8.</param>
    /// <returns>Text in UTF-8, of one line, made of nothing but the report. It may throw: nothing is sent there then.</returns>
    ReadOnlyMemory<byte> Render(ReadOnlyMemory<byte> report) => report;

    /// <summary>Sends a report once, without retrying.</summary>
    /// <param name="delivery">What is sent.</param>
    /// <param name="cancellationToken">
    /// Cancelled by the host, and after 70 s. A shorter time-out of the sink's own is a result.
    /// </param>
    /// <exception cref="OperationCanceledException">The host cancelled.</exception>
    ValueTask<DeliveryResult> DeliverAsync(ReportDelivery delivery, CancellationToken cancellationToken);
}
